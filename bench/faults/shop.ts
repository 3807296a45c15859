/** What the load needs in the shop: a client, approved codes as a browser would have made them, a webhook's receiver. */
import { randomHex, randomToken, sha256Hex } from '../../src/base/bytes.ts';
import { systemClock } from '../../src/base/clock.ts';
import { readLiveSchema } from '../../src/database/live-schema.ts';
import type { Store } from '../../src/database/open.ts';
import { makeGrantId } from '../../src/oauth/rules/claims.ts';
import { saveCode } from '../../src/oauth/store/codes.ts';
import { allMembers, memberCapabilities } from '../../src/staff/store/members.ts';
import { insertWebhook } from '../../src/webhook/store/webhooks.ts';
import { runProgram } from '../../test/support/program.ts';
import { startReceiver, status } from '../../test/webhook/support/receiver.ts';

const REDIRECT_URI = 'https://client.example/callback';
const CODE_LIFE_SECONDS = 86_400;
const GRANTS = ['authorization_code', 'refresh_token', 'client_credentials'];

export type Credentials = { readonly client_id: string; readonly client_secret: string };

export async function makeClient(databaseUrl: string, dataDir: string): Promise<Credentials> {
  const grants = GRANTS.flatMap((grant) => ['--grant', grant]);
  const options = ['--name', 'faults', '--redirect-uri', REDIRECT_URI, '--scope', 'read write', ...grants];
  const made = await runProgram(['client', 'create', ...options, '--json'], {
    TEGATA_DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
  });
  if (made.code !== 0) throw new Error(`client create failed: ${made.stderr}`);
  const { client_id, client_secret } = JSON.parse(made.stdout) as Credentials;
  return { client_id, client_secret };
}

export type ApprovedCode = { readonly body: string; readonly grantId: string };

export async function approveCodes(
  store: Store,
  client: Credentials,
  count: number,
): Promise<ApprovedCode[]> {
  const [member] = await allMembers(store.db, memberCapabilities(await readLiveSchema(store)));
  if (!member) throw new Error('the shop has no member');
  const now = systemClock.now();
  const fixed = { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, ...client };
  const codes: ApprovedCode[] = [];
  await store.db.transaction().execute(async (tx) => {
    for (let i = 0; i < count; i += 1) {
      const [code, grantId] = [randomToken(), makeGrantId(systemClock.nowMs())];
      await saveCode(tx, {
        codeHash: sha256Hex(code),
        grantId,
        clientId: client.client_id,
        memberId: member.id,
        loginId: member.loginId,
        redirectUri: REDIRECT_URI,
        redirectUriSent: true,
        scope: 'read write',
        codeChallenge: null,
        createdAt: now,
        expiresAt: now + CODE_LIFE_SECONDS,
        resource: null,
      });
      codes.push({ body: new URLSearchParams({ ...fixed, code }).toString(), grantId });
    }
  });
  return codes;
}

export type Listener = {
  /** When each product was last told of, in milliseconds since the epoch. */
  readonly toldAtMs: ReadonlyMap<number, number>;
  close(): Promise<void>;
};

/** Registers an endpoint for every change of a product, and remembers what it is told. */
export async function listen(store: Store): Promise<Listener> {
  const toldAtMs = new Map<number, number>();
  const receiver = await startReceiver((response, received, nth) => {
    const events = JSON.parse(received.body) as { entity: string; id: number }[];
    for (const { entity, id } of events) if (entity === 'product') toldAtMs.set(Number(id), Date.now());
    status(204)(response, received, nth);
    received.body = ''; // a long run would keep them all
  });
  const webhook = {
    webhookId: randomHex(16),
    secretSealed: null,
    payloadUrl: receiver.url,
    enabled: true,
    description: 'faults',
    topics: ['product.updated'],
    orderStatuses: [],
    productStatuses: [],
    parts: [],
    excludedClientId: null,
    owner: null,
    query: null,
  } as const;
  await insertWebhook(store.db, webhook, systemClock.now());
  return { toldAtMs, close: receiver.close };
}
