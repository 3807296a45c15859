/**
 * The server, in this process, as attackers and clients meet it: real HTTP on a port of its own, a real database, and a
 * clock that a test moves, so that expiry needs no waiting. `useOAuthServer(db)` stands where `eachDatabase` gives a database.
 */
import { rmSync } from 'node:fs';
import { Writable } from 'node:stream';
import { hash } from '@node-rs/bcrypt';
import { afterAll, beforeAll } from 'vitest';
import { parseConfig } from '../../src/app/config/config.ts';
import { createLog } from '../../src/app/log.ts';
import { createServer } from '../../src/app/server.ts';
import { openServices, type Services } from '../../src/app/services.ts';
import { fixedClock } from '../../src/base/clock.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { type Registered, registerClient } from '../../src/oauth/clients.ts';
import { judgeClientForm } from '../../src/oauth/rules/client-form.ts';
import type { PkceChoice } from '../../src/oauth/rules/pkce.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { createEmbeddedShop } from '../../src/shop/store/embedded-shop.ts';
import type { TestDatabase } from './databases.ts';
import { fillDatabase } from './filled-database.ts';
import { freePort } from './free-port.ts';
import { pooledKeys } from './key-pool.ts';
import { scratchFolder } from './scratch.ts';
import { staffTables } from './staff.ts';

/** 2026-04-01T00:00:00Z */
const START = 1_775_001_600;
export const ADMIN = { loginId: 'admin', password: 'tooru-tegata-misetai-9' } as const;
const CHEAP_BCRYPT_COST = 4;

export const CALLBACK = 'https://client.example/callback';

export type TestClient = { readonly clientId: string; readonly secret: string };

export type ClientWish = {
  readonly name?: string;
  readonly redirectUris?: readonly string[];
  readonly scopes?: readonly string[];
  readonly grantTypes?: readonly string[];
  readonly isPublic?: boolean;
  /** Left out: `optional`, so that a client may serve tests with PKCE and without. */
  readonly pkce?: PkceChoice;
};

export type OAuthServer = {
  /** Where it listens: `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly issuer: string;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly services: Services;
  /** All log lines so far, at level debug. */
  log(): string;
  /** Registers a client; what is left out is confidential, `CALLBACK`, read and write, both grants of a browser flow. */
  client(wish?: ClientWish): Promise<TestClient>;
  /** A working member with the password of `ADMIN`; its id. */
  member(loginId: string, authorityId: number): Promise<number>;
  /** 稼働 or not, as somebody changes it in EC-CUBE. */
  setWorking(loginId: string, working: boolean): Promise<void>;
};

type Running = OAuthServer & { stop(): Promise<void> };

/** Starts a server before the tests of this group, on a fresh shop in `db`. */
export function useOAuthServer(
  db: Pick<TestDatabase, 'url'>,
  env: Readonly<Record<string, string>> = {},
  /** What else happened to the shop's database before the start. */
  prepare?: (store: Store) => Promise<void>,
): { readonly it: OAuthServer } {
  let running: Running | undefined;
  beforeAll(async () => {
    running = await start(db.url, env, prepare);
  });
  afterAll(() => running?.stop());
  return {
    get it() {
      if (!running) throw new Error('the server is started in beforeAll: ask for it in a hook or a test');
      return running;
    },
  };
}

async function start(
  databaseUrl: string,
  env: Readonly<Record<string, string>>,
  prepare: ((store: Store) => Promise<void>) | undefined,
): Promise<Running> {
  const clock = fixedClock(START);
  const passwordHash = await adminHash();
  await fillDatabase(databaseUrl, 'a shop at START', (store) => makeShop(store, passwordHash));
  if (prepare) await prepared(databaseUrl, prepare);
  const dataDir = scratchFolder('tegata-oauth-');
  const port = await freePort();
  const config = parseConfig({
    PORT: String(port),
    TEGATA_DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    // Attack tables fail hundreds of times a minute; the limit on that has tests of its own.
    TEGATA_FAILURES_PER_MINUTE: '1000000',
    TEGATA_PASSWORD_COST: String(CHEAP_BCRYPT_COST),
    ...env,
  });
  const keys = config.keyStore === 'files' ? pooledKeys(dataDir) : undefined;
  const services = await openServices(config, clock);
  keys?.keep();
  const sink = memory();
  const app = createServer({ ...services, log: createLog('debug', sink.stream) });
  await app.listen({ host: '127.0.0.1', port });
  return {
    url: `http://127.0.0.1:${port}`,
    issuer: config.publicUrl,
    clock,
    services,
    log: sink.text,
    client: (wish) => register(services, wish),
    member: (loginId, authorityId) => addMember(services, loginId, authorityId, passwordHash),
    setWorking: (loginId, working) => setWorking(services, loginId, working),
    stop: async () => {
      await app.close();
      await services.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

let madeHash: Promise<string> | undefined;

/** One for all shops of this process, so that they are alike. */
function adminHash(): Promise<string> {
  madeHash ??= hash(ADMIN.password, { cost: CHEAP_BCRYPT_COST, version: '2y' });
  return madeHash;
}

async function makeShop(store: Store, passwordHash: string): Promise<void> {
  await migrate(store);
  const admin = { loginId: ADMIN.loginId, name: '管理者', passwordHash };
  const registry = buildRegistry(coreEntities);
  await createEmbeddedShop(store, { registry, clock: fixedClock(START), currency: 'JPY', admin });
}

async function prepared(url: string, prepare: (store: Store) => Promise<void>): Promise<void> {
  const store = openStore(url);
  try {
    await prepare(store);
  } finally {
    await store.close();
  }
}

function memory(): { stream: Writable; text(): string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString('utf8'));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

async function register(services: Services, wish: ClientWish = {}): Promise<TestClient> {
  const verdict = judgeClientForm(
    {
      name: wish.name ?? '在庫くん',
      redirectUris: (wish.redirectUris ?? [CALLBACK]).join('\n'),
      scopes: wish.scopes ?? ['read', 'write'],
      grantTypes: wish.grantTypes ?? ['authorization_code', 'refresh_token'],
      type: wish.isPublic ? 'public' : 'confidential',
      pkce: wish.pkce ?? 'optional',
    },
    services.token.scopes,
  );
  if (!verdict.ok) throw new Error(`the client is refused: ${JSON.stringify(verdict.errors)}`);
  const nobody = { loginId: null, clientIp: null, requestId: null };
  const made: Registered = await registerClient(services.clients, verdict.settings, nobody);
  return { clientId: made.client.clientId, secret: made.secret ?? '' };
}

async function addMember(
  { store, clock }: Services,
  loginId: string,
  authorityId: number,
  password: string,
): Promise<number> {
  const at = store.kit.dateText(clock.now());
  const row = {
    name: loginId,
    login_id: loginId,
    password,
    sort_no: 2,
    work_id: 1,
    authority_id: authorityId,
    create_date: at,
    update_date: at,
    discriminator_type: 'member',
  };
  const members = staffTables(store);
  await members
    .insertInto('dtb_member')
    .values(row as never)
    .execute();
  const made = members.selectFrom('dtb_member').select('id').where('login_id', '=', loginId);
  return (await made.executeTakeFirstOrThrow()).id;
}

async function setWorking({ store }: Services, loginId: string, working: boolean): Promise<void> {
  await staffTables(store)
    .updateTable('dtb_member')
    .set({ work_id: working ? 1 : 0 })
    .where('login_id', '=', loginId)
    .execute();
}
