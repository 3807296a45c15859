/**
 * Signing keys in the shop's database: sealed rows that all nodes read. Each looks twice a second whether the ring has
 * changed; a change of the ring is one conditional write, so that of two that rotate at once one is told that it came late.
 */
import type { Db, Store } from '../../database/open.ts';
import {
  currentKey,
  type KeyRecord,
  retirable,
  rotate,
  type SigningAlgorithm,
  type SigningKey,
  withoutKey,
} from '../../oauth/keys/keyring.ts';
import {
  deleteSealedKeys,
  insertSealedKey,
  insertSealedRing,
  readSealedKeys,
  readSealedRing,
  replaceSealedRing,
  ringVersion,
} from '../../oauth/store/key-rows.ts';
import { type KeyStore, KeyStoreError } from './key-store.ts';
import type { KeptKey, KeyVault } from './key-vault.ts';
import { type Sealer, sealer } from './sealed-ring.ts';

const LOOK_MS = 500;

export type KeyDatabaseDeps = {
  readonly store: Store;
  readonly masterKey: Uint8Array;
  readonly vault: KeyVault;
  /** Told when the database cannot be asked; the keys that are known go on. */
  readonly onError: (error: unknown) => void;
};

type Ring = { readonly version: number; readonly records: readonly KeyRecord[] };
type Made = { readonly record: KeyRecord; readonly kept: KeptKey };

/** Opens the keys in the database, making the first ones where there are none. */
export async function openKeyDatabase(deps: KeyDatabaseDeps, now: number): Promise<KeyStore> {
  const keeper = new KeyDatabase(deps);
  await keeper.begin(now);
  return keeper.store();
}

class KeyDatabase {
  readonly #deps: KeyDatabaseDeps;
  readonly #sealer: Sealer;
  #known: { version: number; keys: readonly SigningKey[] } = { version: 0, keys: [] };
  #looking: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #failing = false;

  constructor(deps: KeyDatabaseDeps) {
    this.#deps = deps;
    this.#sealer = sealer(deps.masterKey);
  }

  async begin(now: number): Promise<void> {
    if ((await ringVersion(this.#deps.store.db)) === undefined) await this.#makeFirst(now);
    await this.#look();
    this.#timer = setInterval(() => void this.#lookAgain(), LOOK_MS);
    this.#timer.unref();
  }

  store(): KeyStore {
    const { masterKey } = this.#deps;
    return {
      place: 'the database',
      masterKey,
      keys: () => this.#known.keys,
      refresh: () => this.refresh(),
      rotate: (alg, now, { from, trx } = {}) => this.#rotate(alg, now, from, trx),
      retire: (now, trx) => this.#retire(now, trx),
      remove: (kid, now, deed) => this.#remove(kid, now, deed),
      close: async () => {
        clearInterval(this.#timer);
        await this.#looking.catch(() => {});
      },
    };
  }

  /** An outage is told once, not twice a second. */
  async #lookAgain(): Promise<void> {
    try {
      await this.refresh();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#deps.onError(error);
      this.#failing = true;
    }
  }

  /** One look after the other, so that an older answer never takes a newer one's place. */
  refresh(): Promise<void> {
    this.#looking = this.#looking.catch(() => {}).then(() => this.#look());
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { db } = this.#deps.store;
    if ((await ringVersion(db)) === this.#known.version) return;
    const { version, records } = await this.#ring(db);
    const before = new Map(this.#known.keys.map((key) => [key.kid, key]));
    const kept = await this.#kept(
      db,
      records.map(({ kid }) => kid).filter((kid) => !before.has(kid)),
    );
    const keys = records.flatMap((record) => {
      const known = before.get(record.kid);
      if (known) return [{ ...known, ...record }];
      const fresh = kept.get(record.kid);
      // Taken away between the two reads: the next look sees the ring without it.
      return fresh ? [this.#deps.vault.read(record, fresh)] : [];
    });
    if (keys.length === records.length) this.#known = { version, keys };
    else if (this.#known.version === 0)
      throw new KeyStoreError('the database lacks a key that its ring names');
  }

  async #ring(db: Db): Promise<Ring> {
    const row = await readSealedRing(db);
    if (!row) throw new KeyStoreError('the database holds no signing keys any more');
    return { version: row.version, records: this.#sealer.openRing(row.sealed) };
  }

  async #kept(db: Db, kids: readonly string[]): Promise<ReadonlyMap<string, KeptKey>> {
    const sealed = await readSealedKeys(db, kids);
    return new Map([...sealed].map(([kid, text]) => [kid, this.#sealer.openKey(kid, text)]));
  }

  /** Of two nodes that start at once one writes; the other reads what that wrote. */
  async #makeFirst(now: number): Promise<void> {
    const { store } = this.#deps;
    const current = await this.#make('RS256', now);
    const next = await this.#make('RS256', now);
    const records = [current.record, { ...next.record, state: 'next' as const }];
    const first = await store.db.transaction().execute(async (trx) => {
      const wrote = await insertSealedRing(store, trx, this.#sealer.sealRing(records));
      if (wrote) for (const made of [current, next]) await this.#insert(trx, made);
      return wrote;
    });
    if (!first) await Promise.all([current, next].map((made) => this.#discard(made)));
  }

  async #rotate(alg: SigningAlgorithm, now: number, from: string | undefined, trx: Db | undefined) {
    const fresh = await this.#make(alg, now);
    const change = (ring: readonly KeyRecord[]) =>
      from !== undefined && currentKey(ring).kid !== from ? undefined : rotate(ring, fresh.record, now);
    const turned = await this.#change(trx, change, [fresh]);
    if (turned === undefined) await this.#discard(fresh);
    return turned;
  }

  async #retire(now: number, trx: Db | undefined): Promise<string[]> {
    let gone: string[] = [];
    const left = await this.#change(trx, (ring) => {
      gone = retirable(ring, now).map(({ kid }) => kid);
      return gone.length === 0 ? undefined : ring.filter(({ kid }) => !gone.includes(kid));
    });
    return left === undefined ? [] : gone;
  }

  async #remove(kid: string, now: number, deed: Parameters<KeyStore['remove']>[2]): Promise<boolean> {
    const record = (await this.#ring(this.#deps.store.db)).records.find((one) => one.kid === kid);
    if (!record) return false;
    const fresh = await this.#make(record.alg, now);
    try {
      await deed((trx) =>
        this.#change(
          trx,
          (ring) =>
            ring.some((one) => one.kid === kid) ? withoutKey(ring, kid, fresh.record, now) : undefined,
          [fresh],
        ),
      );
    } finally {
      const { records } = await this.#ring(this.#deps.store.db);
      if (!records.some((one) => one.kid === fresh.record.kid)) await this.#discard(fresh);
    }
    await this.refresh();
    return true;
  }

  /** The ring after `change`; undefined when there was nothing to change, or someone was faster. */
  async #change(
    trx: Db | undefined,
    change: (ring: readonly KeyRecord[]) => readonly KeyRecord[] | undefined,
    fresh: readonly Made[] = [],
  ): Promise<readonly KeyRecord[] | undefined> {
    if (trx === undefined) {
      const changed = await this.#deps.store.db
        .transaction()
        .execute((own) => this.#change(own, change, fresh));
      await this.refresh();
      return changed;
    }
    const { version, records } = await this.#ring(trx);
    const changed = change(records);
    if (changed === undefined) return undefined;
    if (!(await replaceSealedRing(trx, version, this.#sealer.sealRing(changed)))) return undefined;
    const kids = new Set(changed.map(({ kid }) => kid));
    for (const made of fresh) if (kids.has(made.record.kid)) await this.#insert(trx, made);
    await this.#drop(
      trx,
      records.map(({ kid }) => kid).filter((kid) => !kids.has(kid)),
    );
    return changed;
  }

  async #drop(trx: Db, kids: readonly string[]): Promise<void> {
    const kept = await this.#kept(trx, kids);
    await deleteSealedKeys(trx, kids);
    for (const one of kept.values()) await this.#deps.vault.remove(one).catch(this.#deps.onError);
  }

  async #make(alg: SigningAlgorithm, now: number): Promise<Made> {
    const { kid, kept } = await this.#deps.vault.make(alg);
    return { record: { kid, alg, state: 'current', createdAt: now, signsSince: now, oldSince: null }, kept };
  }

  #insert = (trx: Db, { record: { kid }, kept }: Made): Promise<void> =>
    insertSealedKey(trx, kid, this.#sealer.sealKey(kid, kept));

  #discard = ({ kept }: Made): Promise<void> => this.#deps.vault.remove(kept).catch(this.#deps.onError);
}
