/** A whole server in this process, with clients of every kind and somebody logged in, to throw requests at. */
import { rmSync } from 'node:fs';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { parseConfig } from '../../src/app/config/config.ts';
import { createLog } from '../../src/app/log.ts';
import { createServer } from '../../src/app/server.ts';
import { openServices, type Services } from '../../src/app/services.ts';
import { randomHex, randomToken, sha256Hex } from '../../src/base/bytes.ts';
import { systemClock } from '../../src/base/clock.ts';
import { readLiveSchema } from '../../src/database/live-schema.ts';
import { registerClient } from '../../src/oauth/clients.ts';
import { defaultPolicies } from '../../src/oauth/rules/client.ts';
import { saveCode } from '../../src/oauth/store/codes.ts';
import { openSession } from '../../src/staff/session.ts';
import { allMembers, memberCapabilities } from '../../src/staff/store/members.ts';
import { scratchFolder } from '../support/scratch.ts';

// A request that has not been answered by then hangs.
const PATIENCE_MS = 30_000;
const SESSION_COOKIE = 'tegata_session';
/** The administrator of the embedded shop. */
const MEMBER = { id: 1, loginId: 'admin' };
const NOBODY = { loginId: null, clientIp: null, requestId: null };

export const REDIRECT_URIS = ['https://client.example/callback?tenant=7', 'http://127.0.0.1/cb'];

export type Target = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Held to `private_key_jwt`. */
  readonly keyClientId: string;
  /** Opens the whole API. */
  readonly apiToken: string;
  /** Cookies of a browser in which somebody is logged in. */
  readonly cookie: string;
  ask(request: InjectOptions): Promise<LightMyRequestResponse>;
  /** An approved code with this challenge. */
  newCode(codeChallenge: string): Promise<string>;
  post(path: string, body: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
};

export async function startTarget(jwks: string): Promise<Target> {
  const folder = scratchFolder('tegata-fuzz-');
  const config = parseConfig({
    TEGATA_DATA_DIR: folder,
    TEGATA_ADMIN_PASSWORD: 'fuzz-fuzz-fuzz-1',
    TEGATA_PASSWORD_COST: '4',
    TEGATA_FAILURES_PER_MINUTE: '1000000',
    TEGATA_LOG_LEVEL: 'silent',
  });
  const services = await openServices(config);
  const app = createServer({ ...services, log: createLog('silent') });
  await app.ready();
  const { client, secret } = await registerClient(services.clients, settings('fuzz'), NOBODY);
  const policies = { ...defaultPolicies(false), authMethods: ['private_key_jwt'] as const, jwks };
  const byKey = await registerClient(services.clients, { ...settings('key'), policies }, NOBODY);
  const ask = (request: InjectOptions) => answered(app, request);
  return {
    issuer: config.publicUrl,
    apiToken: await tokenOf(ask, client.clientId, secret ?? ''),
    clientId: client.clientId,
    clientSecret: secret ?? '',
    keyClientId: byKey.client.clientId,
    cookie: await logInWithoutForm(services, app),
    newCode: (codeChallenge) => approvedCode(services, client.clientId, codeChallenge),
    ask,
    post: (url, payload, headers = {}) =>
      answered(app, {
        method: 'POST',
        url,
        payload,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
    close: async () => {
      await app.close();
      await services.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function tokenOf(ask: Target['ask'], id: string, secret: string): Promise<string> {
  const answer = await ask({
    method: 'POST',
    url: '/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `grant_type=client_credentials&client_id=${id}&client_secret=${secret}&scope=read`,
  });
  return (answer.json() as { access_token: string }).access_token;
}

const settings = (name: string) => ({
  name,
  redirectUris: REDIRECT_URIS,
  scopes: ['read', 'write', 'read:products'],
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  isPublic: false,
  pkce: 'required' as const,
  policies: defaultPolicies(false),
});

async function logInWithoutForm({ store }: Services, app: FastifyInstance): Promise<string> {
  const [member] = await allMembers(store.db, memberCapabilities(await readLiveSchema(store)));
  if (!member) throw new Error('the shop has no member');
  const origin = { clientIp: '127.0.0.1', userAgent: 'fuzz', requestId: null };
  const { sessionToken } = await openSession(store.db, member, origin, null, systemClock.now());
  const page = await app.inject('/admin/login');
  const browser = page.cookies.find(({ name }) => name.includes('browser'));
  return `${SESSION_COOKIE}=${sessionToken}; ${browser?.name}=${browser?.value ?? randomToken()}`;
}

async function approvedCode({ store }: Services, clientId: string, codeChallenge: string): Promise<string> {
  const code = randomToken();
  const now = systemClock.now();
  await saveCode(store.db, {
    codeHash: sha256Hex(code),
    grantId: randomHex(16),
    clientId,
    memberId: MEMBER.id,
    loginId: MEMBER.loginId,
    redirectUri: REDIRECT_URIS[0] ?? '',
    redirectUriSent: true,
    scope: 'read',
    codeChallenge,
    createdAt: now,
    expiresAt: now + 600,
    resource: null,
  });
  return code;
}

async function answered(app: FastifyInstance, request: InjectOptions): Promise<LightMyRequestResponse> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const patience = setTimeout(() => reject(new Error('the request hangs')), PATIENCE_MS);
  try {
    return await Promise.race([app.inject(request), late]);
  } finally {
    clearTimeout(patience);
  }
}
