/**
 * Clients as they are in life, on two nodes: what was not answered is tried again with the same code, token or
 * `clientMutationId` until it is known, and what was answered is relied on.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Change, Recorder } from './record.ts';
import type { ApprovedCode, Credentials } from './shop.ts';

const PATIENCE_MS = 15_000; // of a client for one answer
const PAUSE_MS = 25; // between two requests of one lane
const RETRY_MS = 150;
const NOTICE_MS = 1_200; // a revocation is known everywhere by then
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
/** Of a load’s products the first ones. */
export const HOT_PRODUCTS = 5;

export type LoadDeps = {
  /** Addresses that are used in turn. */
  readonly urls: readonly string[];
  readonly client: Credentials;
  readonly codes: ApprovedCode[];
  /** Products of this load alone; the first few are changed again and again. */
  readonly products: readonly number[];
  readonly accessToken: string;
  readonly record: Recorder;
};

export type Load = { stop(): Promise<void> };

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

export function startLoad(deps: LoadDeps, lanesOfAKind = 2): Load {
  const client = new Client(deps);
  const kinds = [redeem, refresh, useAndRevoke, changeOne, changeSeveral];
  const lanes = kinds.flatMap((kind) =>
    Array.from({ length: lanesOfAKind }, async () => {
      while (!client.stopped) {
        await kind(client);
        await sleep(PAUSE_MS);
      }
    }),
  );
  return {
    stop: async () => {
      client.stopped = true;
      await Promise.all(lanes);
    },
  };
}

class Client {
  stopped = false;
  readonly deps: LoadDeps;
  #turn = 0;
  #product = HOT_PRODUCTS;
  #change = 0;
  readonly #prefix = Math.random().toString(36).slice(2, 8);

  constructor(deps: LoadDeps) {
    this.deps = deps;
  }

  nextUrl(): string {
    this.#turn += 1;
    return this.deps.urls[this.#turn % this.deps.urls.length]!;
  }

  /** Each product once, and then from the beginning. */
  nextProduct(): number {
    const { products } = this.deps;
    this.#product = this.#product + 1 < products.length ? this.#product + 1 : HOT_PRODUCTS;
    return products[this.#product]!;
  }

  hotProducts(): number[] {
    return this.deps.products.slice(0, HOT_PRODUCTS).toSorted(() => Math.random() - 0.5);
  }

  nextReference(): string {
    this.#change += 1;
    return `${this.#prefix}-${this.#change}`;
  }

  async post(
    path: string,
    body: string,
    headers: Record<string, string>,
    url = this.nextUrl(),
  ): Promise<Answer> {
    const begunMs = Date.now();
    const told = (ok: boolean, refusal = '') =>
      this.deps.record.told.push({ begunMs, endedMs: Date.now(), ok, refusal, to: `${url}${path}` });
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const response = await fetch(`${url}${path}`, { method: 'POST', headers, body, signal });
      const answer = {
        status: response.status,
        body: (await response.json().catch(() => ({}))) as Answer['body'],
      };
      const refusal = refusalOf(path, answer, response.headers.has('retry-after'));
      told(refusal === undefined, refusal);
      if (refusal === undefined) this.deps.record.acknowledged += 1;
      return answer;
    } catch {
      told(false, 'no answer');
      return { status: 0, body: {} };
    }
  }

  /** The first answer that says how it ended: no 5xx, no 429. The second value: an attempt before it may have worked. */
  async settled(send: () => Promise<Answer>): Promise<readonly [Answer | undefined, boolean]> {
    for (let uncertain = false; ; uncertain = true) {
      const answer = await send();
      if (answer.status !== 0 && answer.status !== 429 && answer.status < 500) return [answer, uncertain];
      if (this.stopped) return [undefined, true];
      await sleep(RETRY_MS);
    }
  }

  token(fields: Record<string, string>): Promise<readonly [Answer | undefined, boolean]> {
    const body = new URLSearchParams({ ...fields, ...this.deps.client }).toString();
    return this.settled(() => this.post('/token', body, FORM));
  }

  /** Whether the token is good; undefined = no one could say. */
  async works(accessToken: string, url?: string): Promise<boolean | undefined> {
    const send = () => this.api('{ __typename }', {}, accessToken, url);
    const [answer] = await this.settled(send);
    return answer && answer.status !== 401;
  }

  api(query: string, variables: object, token = this.deps.accessToken, url?: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return this.post('/api', JSON.stringify({ query, variables }), headers, url);
  }
}

/** A token that was revoked is to be refused, so that 401 is a right answer of the API. */
function refusalOf(path: string, { status, body }: Answer, retryAfter: boolean): string | undefined {
  if (path === '/api' && status === 401) return undefined;
  if (status !== 200) return status === 503 && !retryAfter ? '503 bare' : String(status);
  const [error] = (body.errors ?? []) as { extensions?: { code?: string } }[];
  return error && (error.extensions?.code ?? 'an error');
}

async function redeem(client: Client): Promise<void> {
  const { codes, record } = client.deps;
  const code = codes.pop();
  if (!code) return void (await sleep(100));
  const [answer, uncertain] = await client.settled(() => client.post('/token', code.body, FORM));
  if (answer?.status === 200) {
    record.redeemed.push({ ...code, refresh: String(answer.body.refresh_token) });
    record.access.push(String(answer.body.access_token));
  } else if (answer && !uncertain)
    record.lost.push(`a code was refused at once: ${JSON.stringify(answer.body)}`);
}

/** A grant of its own, refreshed on and on. */
async function refresh(client: Client): Promise<void> {
  const { codes, record } = client.deps;
  const code = codes.pop();
  if (!code) return void (await sleep(100));
  const [first] = await client.settled(() => client.post('/token', code.body, FORM));
  let token = first?.status === 200 ? String(first.body.refresh_token) : undefined;
  while (token !== undefined && !client.stopped) {
    record.chains.add(token);
    const [answer] = await client.token({ grant_type: 'refresh_token', refresh_token: token });
    if (!answer) return;
    record.chains.delete(token);
    if (answer.status !== 200) {
      record.lost.push(`a refresh token was refused: ${JSON.stringify(answer.body)}`);
      return;
    }
    token = String(answer.body.refresh_token);
    record.access.push(String(answer.body.access_token));
    await sleep(PAUSE_MS);
  }
  if (token !== undefined) record.chains.add(token);
}

/** A token of one node is good at the next; revoked at one it is soon refused at all. */
async function useAndRevoke(client: Client): Promise<void> {
  const { record } = client.deps;
  const [answer] = await client.token({ grant_type: 'client_credentials' });
  if (answer?.status !== 200) return;
  const token = String(answer.body.access_token);
  if ((await client.works(token)) === false) record.lost.push('an access token was unknown');
  const body = new URLSearchParams({ token, ...client.deps.client }).toString();
  const [ended] = await client.settled(() => client.post('/revoke', body, FORM));
  if (!ended) return; // it may have been ended all the same
  if (ended.status !== 200) return void record.lost.push(`a revocation was refused: ${ended.status}`);
  record.revoked.push(token);
  await sleep(NOTICE_MS);
  for (const url of client.deps.urls) {
    if (await client.works(token, url)) record.revokedButWorking.push(`at ${url}, soon after`);
  }
}

const ONE = `mutation ($id: ID!, $reference: String!) {
  updateProductClassStock(product_class_id: $id, delta: 1, reference: $reference, clientMutationId: $reference) { id }
}`;
const SEVERAL = `mutation ($items: [ProductStockInput!]!, $reference: String!) {
  bulkUpdateProductStock(items: $items, clientMutationId: $reference) { ok code }
}`;

function changeOne(client: Client): Promise<void> {
  const id = client.nextProduct();
  return change(client, [id], (reference) => client.api(ONE, { id: String(id), reference }));
}

function changeSeveral(client: Client): Promise<void> {
  const ids = client.hotProducts();
  return change(client, ids, (reference) => {
    const items = ids.map((id) => ({ product_class_id: String(id), delta: 1, reference }));
    return client.api(SEVERAL, { items, reference });
  });
}

async function change(
  client: Client,
  productIds: readonly number[],
  send: (reference: string) => Promise<Answer>,
): Promise<void> {
  const reference = client.nextReference();
  const one: Change = { reference, productIds, begunMs: Date.now(), acknowledged: false };
  client.deps.record.changes.push(one);
  for (;;) {
    const [answer] = await client.settled(() => send(reference));
    if (!answer) return;
    if (answer.status === 200 && answer.body.errors === undefined) {
      one.acknowledged = true;
      return;
    }
    if (client.stopped) return;
    await sleep(RETRY_MS);
  }
}
