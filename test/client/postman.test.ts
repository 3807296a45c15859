/** The Postman collection: each of its requests, sent in their order to a server with the demo shop. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { jobWorker } from '../../src/graphql/jobs/job-worker.ts';
import { onSqlite } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { scratchFolder } from '../support/scratch.ts';

type Pair = { readonly key: string; readonly value: string };
type Auth = { readonly type: string; readonly basic?: readonly Pair[]; readonly oauth2?: readonly Pair[] };
type Body =
  | { readonly mode: 'graphql'; readonly graphql: { readonly query: string; readonly variables: string } }
  | { readonly mode: 'urlencoded'; readonly urlencoded: readonly Pair[] }
  | { readonly mode: 'raw'; readonly raw: string }
  | { readonly mode: 'file' };
type Request = {
  readonly method: string;
  readonly header: readonly Pair[];
  readonly url: { readonly raw: string };
  readonly auth?: Auth;
  readonly body?: Body;
};
type Item = {
  readonly name: string;
  readonly request: Request;
  readonly event?: readonly [{ readonly script: { readonly exec: readonly string[] } }];
};
type Collection = {
  readonly info: { readonly schema: string };
  readonly auth: Auth;
  readonly variable: readonly Pair[];
  readonly item: readonly { readonly name: string; readonly auth?: Auth; readonly item: readonly Item[] }[];
};

const FILE = join(import.meta.dirname, '../../docs/postman/tegata.postman_collection.json');
const collection = JSON.parse(readFileSync(FILE, 'utf8')) as Collection;
const [tokens, queries, mutations, rest] = collection.item;
/** What the demo shop has not, or nobody is there to take. */
const REFUSED: Readonly<Record<string, string>> = { webhookUpdate: 'NOT_FOUND', webhookDelete: 'NOT_FOUND' };

onSqlite((db) => {
  const env = { TEGATA_IMAGE_DIR: scratchFolder('tegata-postman-'), TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8' };
  const server = useOAuthServer(db, env);
  const variables = new Map(collection.variable.map(({ key, value }) => [key, value]));
  const filled = (text: string): string =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = variables.get(name);
      if (value === undefined) throw new Error(`no variable ${name}`);
      return value;
    });
  beforeAll(async () => {
    const { clientId, secret } = await server.it.client({
      grantTypes: ['client_credentials'],
      scopes: ['read', 'write', 'webhooks'],
      redirectUris: [],
    });
    variables.set('base_url', server.it.url).set('client_id', clientId).set('client_secret', secret);
    variables.set('scope', 'read write webhooks');
  });

  const valueIn = (pairs: readonly Pair[] = [], key: string): string =>
    filled(pairs.find((one) => one.key === key)?.value ?? '');
  /** As Postman does it: the request's own, its folder's, or the collection's. */
  function authorization({ type, basic, oauth2 }: Auth): Record<string, string> {
    if (type === 'noauth') return {};
    if (type === 'oauth2') return { authorization: `Bearer ${valueIn(oauth2, 'accessToken')}` };
    const pair = `${valueIn(basic, 'username')}:${valueIn(basic, 'password')}`;
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  }
  async function bodyOf(body: Body | undefined): Promise<RequestInit['body']> {
    if (!body) return null;
    if (body.mode === 'raw') return filled(body.raw);
    if (body.mode === 'urlencoded') {
      return new URLSearchParams(body.urlencoded.map(({ key, value }) => [key, filled(value)])).toString();
    }
    if (body.mode === 'graphql') {
      const { query, variables: given } = body.graphql;
      return JSON.stringify({ query, variables: JSON.parse(filled(given)) });
    }
    const png = sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } }).png();
    return new Uint8Array(await png.toBuffer());
  }
  async function send({ request, event }: Item, folder?: Auth, signal?: AbortSignal) {
    const auth = request.auth ?? folder ?? collection.auth;
    const headers = Object.fromEntries(request.header.map(({ key, value }) => [key, filled(value)]));
    const response = await fetch(filled(request.url.raw), {
      method: request.method,
      headers: { ...headers, ...authorization(auth) },
      body: (await bodyOf(request.body)) ?? null,
      signal: signal ?? null,
    });
    if (signal) return { status: response.status, text: '', json: {} as Record<string, unknown> };
    const text = await response.text();
    const json = text.startsWith('{') && !text.includes('}\n{') ? JSON.parse(text) : {};
    const pm = {
      response: { json: () => json },
      collectionVariables: { set: (name: string, value: string) => variables.set(name, value) },
    };
    for (const { script } of event ?? []) runInNewContext(script.exec.join('\n'), { pm });
    return { status: response.status, text, json: json as Record<string, unknown> };
  }

  test('it is a collection of Postman 2.1, with a request for each query and mutation', () => {
    expect(collection.info.schema).toContain('/v2.1.0/');
    const fields = server.it.services.api.fields().map(({ name }) => name);
    expect([...(queries?.item ?? []), ...(mutations?.item ?? [])].map(({ name }) => name)).toEqual(fields);
  });

  test('tokens: the first request brings the token that all others use', async () => {
    const status: Record<string, number> = {};
    for (const item of tokens?.item ?? []) {
      // Who acts as itself has nothing to refresh; what it revokes is unknown, which is as good as revoked.
      status[item.name] = (await send(item, tokens?.auth)).status;
    }
    expect(status).toEqual({
      client_credentials: 200,
      refresh_token: 400,
      introspect: 200,
      revoke: 400,
      metadata: 200,
      keys: 200,
    });
    expect(variables.get('access_token')).toMatch(/^ey/);
  });

  describe.each([
    ['queries', queries?.item ?? []],
    ['mutations', mutations?.item ?? []],
  ])('%s', (_, items) => {
    test.each(items.map((item) => [item.name, item] as const))('%s', async (name, item) => {
      const { status, json } = await send(item);
      expect(status).toBe(200);
      const errors = (json.errors ?? []) as { message: string; extensions: { code: string } }[];
      const codes = errors.map(({ extensions }) => extensions.code);
      expect(codes, errors[0]?.message).toEqual(REFUSED[name] === undefined ? [] : [REFUSED[name]]);
    });
  });

  test('images, jobs and changes', async () => {
    const worker = jobWorker(server.it.services.jobs);
    const status: Record<string, number> = {};
    for (const item of rest?.item ?? []) {
      const isStream = item.name.includes('events');
      status[item.name] = (
        await send(item, rest?.auth, isStream ? AbortSignal.timeout(10_000) : undefined)
      ).status;
      if (item.request.method === 'POST') while (await worker.tick());
    }
    expect(status).toEqual({
      'POST /api/images': 201,
      'POST /api/jobs (lines)': 202,
      'POST /api/jobs (export)': 202,
      'GET /api/jobs/{id}': 200,
      'DELETE /api/jobs/{id}': 200,
      'GET /api/jobs/{id}/result': 200,
      'GET /api/changes (server-sent events)': 200,
    });
  });
});
