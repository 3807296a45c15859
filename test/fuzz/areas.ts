/** What is fuzzed: for each area the requests, and what must come of them. To add an area: a row in `areas`. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expectThat, isLoopback, judgeAuthorizeAnswer, judgeTokenAnswer, objectOf } from './answers.ts';
import { type AssertionCase, assertionCase, runAssertion } from './assertion-area.ts';
import { type QuestionCase, questionCase, runQuestion } from './graphql-area.ts';
import { withinMeans } from './means.ts';
import { REDIRECT_URIS, type Target } from './target.ts';
import { form, mutated, nasty } from './text.ts';

export type Area = {
  readonly name: string;
  /** Share of the cases. */
  readonly share: number;
  /** A property over `size` requests that are on their way at the same time. */
  property(target: Target, size: number): fc.IAsyncProperty<unknown>;
};

function area<T>(
  name: string,
  share: number,
  arbitrary: (target: Target) => fc.Arbitrary<T>,
  run: (target: Target, value: T) => Promise<void>,
): Area {
  return {
    name,
    share,
    property: (target, size) =>
      fc.asyncProperty(fc.array(arbitrary(target), { minLength: size, maxLength: size }), async (values) =>
        withinMeans(size, async () => {
          await Promise.all(values.map((value) => run(target, value)));
        }),
      ),
  };
}

const CHALLENGE = createHash('sha256').update('v'.repeat(43)).digest('base64url');

const usual = ({ clientId }: Target): Record<string, string> => ({
  response_type: 'code',
  client_id: clientId,
  redirect_uri: REDIRECT_URIS[0] ?? '',
  scope: 'read',
  state: 'abc',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
});

const authorize = async (target: Target, query: string, cookie = target.cookie) =>
  judgeAuthorizeAnswer(
    target,
    await target.ask({ url: `/admin/authorize?${asQuery(query)}`, headers: { cookie } }),
  );

/** A request line holds no blanks and no characters beyond ASCII (RFC 9112 §3.2). */
const asQuery = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`,
    )
    .join('')
    .replaceAll('#', '%23');

const authorizeWith = (target: Target, changes: Record<string, string>) =>
  authorize(target, new URLSearchParams({ ...usual(target), ...changes }).toString());

const posted = ({ clientId, clientSecret }: Target) => ({ client_id: clientId, client_secret: clientSecret });

/** Whether a form holds the good secret, as any reader of forms would see it. */
const proves = (target: Target, body: string): boolean => {
  const params = new URLSearchParams(body);
  return params.get('client_id') === target.clientId && params.get('client_secret') === target.clientSecret;
};

const endpoint = (path: string, share: number, base: Record<string, string>): Area =>
  area(
    path.slice(1),
    share,
    (target) => form({ ...base, ...posted(target), resource: `${target.issuer}/api` }),
    async (target, body) => judgeTokenAnswer(path, await target.post(path, body), proves(target, body)),
  );

const TOKEN_FORM = {
  grant_type: 'client_credentials',
  scope: 'read',
  code: 'c'.repeat(43),
  redirect_uri: REDIRECT_URIS[0] ?? '',
  code_verifier: 'v'.repeat(43),
  refresh_token: 'r'.repeat(43),
};

type BasicCase = {
  readonly id: string;
  readonly secret: string;
  readonly scheme: string;
  readonly raw: boolean;
};

const encoded = ({ id, secret, scheme, raw }: BasicCase): string =>
  raw ? `${scheme}${id}` : `${scheme}${Buffer.from(`${id}:${secret}`).toString('base64')}`;

const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

const basicCase = ({ clientId, clientSecret }: Target): fc.Arbitrary<BasicCase> =>
  fc.record({
    id: fc.oneof(fc.constant(clientId), mutated(clientId)),
    secret: fc.oneof(fc.constant(clientSecret), mutated(clientSecret)),
    scheme: fc.constantFrom('Basic ', 'basic ', 'BASIC  ', 'Basic', 'Bearer ', '', 'Basic\t'),
    raw: fc.boolean(),
  });

/** Header values are single bytes without line breaks; Node refuses others before we see them. */
const asHeader = (text: string): string => text.replace(/[^\x20-\x7e\x80-\xff]/g, '?').trim();

async function runBasic(target: Target, value: BasicCase): Promise<void> {
  const headers = { authorization: asHeader(encoded(value)) };
  const answer = await target.post('/token', 'grant_type=client_credentials', headers);
  const whole = `${value.id}:${value.secret}`;
  const colon = whole.indexOf(':');
  const good =
    !value.raw &&
    percentDecoded(whole.slice(0, colon)) === target.clientId &&
    percentDecoded(whole.slice(colon + 1)) === target.clientSecret;
  judgeTokenAnswer('/token', answer, good);
}

async function runRedirect(target: Target, uri: string): Promise<void> {
  const outcome = await authorizeWith(target, { redirect_uri: uri });
  const registered = REDIRECT_URIS.includes(uri) || isLoopback(uri);
  expectThat(
    outcome === (registered ? 'consent' : 'page'),
    `${JSON.stringify(uri)} led to ${JSON.stringify(outcome)}`,
  );
}

type PkceCase = { readonly challenge: string; readonly method: string; readonly verifier: string };

const pkceCase = (): fc.Arbitrary<PkceCase> =>
  fc.record({
    challenge: fc.oneof(fc.constant(CHALLENGE), mutated(CHALLENGE)),
    method: fc.oneof(fc.constant('S256'), mutated('S256')),
    verifier: mutated('v'.repeat(43)),
  });

async function runPkce(target: Target, { challenge, method, verifier }: PkceCase): Promise<void> {
  const outcome = await authorizeWith(target, { code_challenge: challenge, code_challenge_method: method });
  const good = method === 'S256' && /^[\w-]{43}$/.test(challenge);
  expectThat(
    (outcome === 'consent') === good,
    `${JSON.stringify({ challenge, method })}: ${JSON.stringify(outcome)}`,
  );
  const code = await target.newCode(CHALLENGE);
  const body = new URLSearchParams({
    ...posted(target),
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URIS[0] ?? '',
    code_verifier: verifier,
  });
  const answer = await target.post('/token', body.toString());
  judgeTokenAnswer('/token', answer, true);
  expectThat(
    (answer.statusCode === 200) === (verifier === 'v'.repeat(43)),
    `the verifier ${JSON.stringify(verifier)}`,
  );
}

const REGISTERED = ['read', 'write', 'read:products'];
/** What such a client may have of it: the parts of `read`, too. */
const ALLOWED = [...REGISTERED, 'read:orders', 'read:orders:minimal', 'read:customers'];
const BEYOND = ['write:stock', 'write:shipping', 'write:products', 'write:orders', 'write:customers'];

async function runScope(target: Target, scope: string): Promise<void> {
  const fields = { ...posted(target), grant_type: 'client_credentials', scope };
  const answer = await target.post('/token', new URLSearchParams(fields).toString());
  judgeTokenAnswer('/token', answer, true);
  const asked = [...new Set(scope.split(/ +/).filter((one) => one !== ''))];
  const left = asked.filter((one) => ALLOWED.includes(one));
  const known = asked.every((one) => [...ALLOWED, ...BEYOND].includes(one));
  const good = scope === '' || (known && left.length > 0);
  expectThat(
    (answer.statusCode === 200) === good,
    `the scope ${JSON.stringify(scope)}: ${answer.statusCode}`,
  );
  if (!good) return;
  const wanted = scope === '' ? REGISTERED : left;
  expectThat(
    objectOf(answer).scope === wanted.join(' '),
    `the scope ${JSON.stringify(scope)} became another`,
  );
}

export const AREAS: readonly Area[] = [
  area(
    'authorize',
    4,
    (target) => fc.tuple(form(usual(target)), fc.constantFrom(target.cookie, '', 'tegata_session=x')),
    async (target, [query, cookie]) => void (await authorize(target, query, cookie)),
  ),
  endpoint('/token', 4, TOKEN_FORM),
  endpoint('/introspect', 2, { token: 'a.b.c', token_type_hint: 'access_token' }),
  endpoint('/revoke', 2, { token: 'r'.repeat(43), token_type_hint: 'refresh_token' }),
  area('Basic header', 2, basicCase, runBasic),
  area('redirect URI', 2, () => fc.oneof(...REDIRECT_URIS.map(mutated)), runRedirect),
  area('PKCE', 1, pkceCase, runPkce),
  area(
    'scope',
    1,
    () =>
      fc.oneof(
        mutated('read write'),
        fc.array(fc.constantFrom(...REGISTERED, 'admin', '')).map((all) => all.join(' ')),
        nasty(),
      ),
    runScope,
  ),
  area<AssertionCase>('client assertion', 2, assertionCase, runAssertion),
  area<QuestionCase>('GraphQL', 1, questionCase, runQuestion),
];
