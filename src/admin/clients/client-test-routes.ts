/**
 * 接続テスト of one client: the member walks through the consent as the app's user would, and hands over the address that
 * the browser came back to and what the client proves itself with; the rest goes through `/token` and `/api` as from outside.
 * The token is revoked at the end and shown nowhere.
 */
import { constantTimeEqual, hmacBase64url, randomToken, sha256Base64url } from '../../base/bytes.ts';
import { type Client, usesSecret } from '../../oauth/rules/client.ts';
import { ASSERTION_TYPE } from '../../oauth/rules/client-assertion.ts';
import { memberPage } from '../exchange.ts';
import { firstQuery } from '../explorer/first-query.ts';
import { apiRequest, askSelf, formRequest, hasData } from '../explorer/flow-test.ts';
import type { TestedStep } from '../explorer/tester.tsx';
import { formOf } from '../form.ts';
import type { PageRoutes } from '../page-routes.ts';
import { sendPage } from '../replies.ts';
import { type ClientTestProps, clientTestedPage, clientTestPage, type TestedGrant } from './client-test.tsx';
import { type ClientExchange, withClient } from './one-client.ts';

const TESTED: readonly TestedGrant[] = ['authorization_code', 'client_credentials'];
const TEST_BYTES = 12;

type Wrong = Partial<Pick<ClientTestProps, 'problem' | 'returned' | 'chosen'>>;

export function clientTestRoutes({ page, act }: PageRoutes): void {
  page('clientTest', withClient(show));
  act('token.fetch', 'clientTest', withClient(run));
}

const grantTypesOf = ({ grantTypes }: Client): TestedGrant[] =>
  TESTED.filter((grant) => grantTypes.includes(grant));

async function show(exchange: ClientExchange, wrong: Wrong = {}) {
  const { client } = exchange;
  const grantTypes = grantTypesOf(client);
  const props: ClientTestProps = {
    client,
    grantTypes,
    chosen: wrong.chosen ?? grantTypes[0] ?? 'authorization_code',
    authorizeUrl: grantTypes.includes('authorization_code') ? authorizeUrl(exchange) : null,
    proof: proofOf(client),
    returned: wrong.returned ?? '',
    ...(wrong.problem && { problem: wrong.problem }),
  };
  const status = wrong.problem === undefined ? 200 : 422;
  return sendPage(exchange, clientTestPage(await memberPage(exchange), props), { status });
}

function proofOf({ isPublic, policies }: Client): ClientTestProps['proof'] {
  if (isPublic || policies.authMethods.includes('none')) return 'none';
  return usesSecret(policies) ? 'secret' : 'assertion';
}

/**
 * Nothing is kept between the two halves: both are drawn from the session's token, and from what is new in every test, since
 * a challenge that comes twice is an app's fault and would be told as this client's.
 */
function halves({ client: { clientId }, visit: { sessionToken = '' } }: ClientExchange, test: string) {
  return {
    state: `${test}.${hmacBase64url(sessionToken, `client test state ${clientId} ${test}`)}`,
    verifier: hmacBase64url(sessionToken, `client test verifier ${clientId} ${test}`),
  };
}

function authorizeUrl(exchange: ClientExchange): string {
  const { kit, client } = exchange;
  const { state, verifier } = halves(exchange, randomToken(TEST_BYTES));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: client.redirectUris[0] ?? '',
    scope: client.scopes.join(' '),
    state,
    code_challenge: sha256Base64url(verifier),
    code_challenge_method: 'S256',
  });
  return `${kit.authorizeUrl}?${query}`;
}

async function run(exchange: ClientExchange) {
  const { client } = exchange;
  const form = formOf(exchange);
  const chosen = grantTypesOf(client).find((grant) => grant === form.text('grant_type'));
  const [returned, proof] = [form.text('returned').trim(), form.text('proof').trim()];
  const again = (problem: 'returned' | 'proof') =>
    show(exchange, { problem, returned, ...(chosen && { chosen }) });
  if (chosen === undefined) return show(exchange);
  const asked =
    chosen === 'authorization_code'
      ? redemption(exchange, returned)
      : { grant_type: chosen, scope: client.scopes.join(' ') };
  if (asked === undefined) return again('returned');
  if (proof === '' && proofOf(client) !== 'none') return again('proof');
  const tested = await walk(exchange, asked, proof);
  return sendPage(exchange, clientTestedPage(await memberPage(exchange), { client, ...tested }));
}

type Fields = Readonly<Record<string, string>>;

/** With the code in the address that the browser came back to; undefined when it is none of such a test. */
function redemption(exchange: ClientExchange, returned: string): Fields | undefined {
  const { client } = exchange;
  if (!URL.canParse(returned)) return undefined;
  const { searchParams } = new URL(returned);
  const [state, code] = [searchParams.get('state') ?? '', searchParams.get('code')];
  const { state: expected, verifier } = halves(exchange, state.split('.')[0] ?? '');
  if (code === null || !constantTimeEqual(expected, state)) return undefined;
  return {
    grant_type: 'authorization_code',
    redirect_uri: client.redirectUris[0] ?? '',
    code,
    code_verifier: verifier,
  };
}

async function walk(exchange: ClientExchange, asked: Fields, proof: string) {
  const { client } = exchange;
  const { headers, fields } = credentials(client, proof);
  const redeeming = formRequest('/token', { ...asked, ...fields }, headers);
  const redeemed = await askSelf(exchange, 'token', redeeming);
  const steps: TestedStep[] = [redeemed.shown];
  const { access_token: token, scope = '' } = redeemed.body as { access_token?: string; scope?: string };
  if (token === undefined) return { steps, worked: false };
  try {
    const call = await askSelf(exchange, 'api', apiRequest(firstQuery(scope.split(' ')), token));
    steps.push(call.shown);
    return { steps, worked: call.shown.status < 400 && hasData(call.body) };
  } finally {
    await askSelf(exchange, 'token', formRequest('/revoke', { token, ...fields }, headers));
  }
}

/** As the client may: a secret in the header rather than in the body (RFC 6749 §2.3.1). */
function credentials({ clientId, policies }: Client, proof: string): { headers: Fields; fields: Fields } {
  const { authMethods } = policies;
  if (authMethods.includes('client_secret_basic')) {
    const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(proof)}`;
    return { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }, fields: {} };
  }
  if (authMethods.includes('client_secret_post')) {
    return { headers: {}, fields: { client_id: clientId, client_secret: proof } };
  }
  if (authMethods.includes('private_key_jwt')) {
    return { headers: {}, fields: { client_assertion_type: ASSERTION_TYPE, client_assertion: proof } };
  }
  return { headers: {}, fields: { client_id: clientId } };
}
