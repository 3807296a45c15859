/** Everything that a fault may touch: the database's place, two nodes on it, the client, the listener. */
import { openStore, type Store } from '../../src/database/open.ts';
import { HOT_PRODUCTS } from './load.ts';
import { type Node, type Nodes, startNodes } from './nodes.ts';
import { type DatabaseName, makePlace, type Place } from './place.ts';
import { type Credentials, type Listener, listen, makeClient } from './shop.ts';

const PRODUCTS = 20_000;
export const FIRST_PRODUCT = 1_001; // of bench/support/growing-shop.ts

export type World = {
  readonly place: Place;
  readonly nodes: Nodes;
  readonly both: readonly [Node, Node];
  readonly client: Credentials;
  readonly listener: Listener;
  /** Straight to the database; only while no fault goes on. */
  withStore<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** So many products that no load has used. */
  takeProducts(count: number): number[];
  /** The first of those that were taken last: a load changes them again and again. */
  recent(): number[];
  stop(): Promise<void>;
};

/** `products`: how many the shop has. */
export async function makeWorld(name: DatabaseName, products = PRODUCTS): Promise<World> {
  const place = await makePlace(name, products);
  const nodes = await startNodes(place.nodesUrl).catch(async (error: unknown) => {
    await place.stop();
    throw error;
  });
  const withStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = openStore(place.url, { poolSize: 2, statementTimeoutSeconds: 60 });
    return work(store).finally(() => store.close());
  };
  const client = await makeClient(place.url, nodes.dataDir);
  const listener = await withStore(listen);
  let taken = FIRST_PRODUCT;
  let last: number[] = [];
  return {
    place,
    nodes,
    both: nodes.all,
    client,
    listener,
    withStore,
    takeProducts: (count) => {
      if (taken + count > FIRST_PRODUCT + products) taken = FIRST_PRODUCT;
      taken += count;
      last = Array.from({ length: count }, (_, i) => taken - count + i);
      return last;
    },
    recent: () => last.slice(0, HOT_PRODUCTS),
    stop: async () => {
      await nodes.stop();
      await listener.close();
      await place.stop();
    },
  };
}

/** Of the client itself, over the first node. */
export async function accessToken({ both, client }: World): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...client });
  const answer = await fetch(`${both[0].url}/token`, { method: 'POST', body });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`no access token: ${answer.status}`);
  return token;
}
