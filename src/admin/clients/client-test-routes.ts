/**
 * 接続テスト of one client: the member walks through the consent as the app's user would, and hands over the address that
 * the browser came back to and what the client proves itself with; the rest goes through `/token` and `/api` as from outside.
 * The token is revoked at the end and shown nowhere.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { constantTimeEqual, hmacBase64url, randomToken, sha256Base64url } from '../../base/bytes.ts';
import { type Client, usesSecret } from '../../oauth/rules/client.ts';
import { ASSERTION_TYPE } from '../../oauth/rules/client-assertion.ts';
import { act } from '../demands.ts';
import { firstQuery } from '../explorer/first-query.ts';
import { apiRequest, exchange, formRequest, hasData } from '../explorer/flow-test.ts';
import type { Exchange } from '../explorer/tester.tsx';
import { formOf } from '../form.ts';
import { apiMembersOnly } from '../guards.ts';
import { sendPage } from '../replies.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { type ClientTestProps, clientTestedPage, clientTestPage, type TestedGrant } from './client-test.tsx';
import { withClient } from './one-client.ts';

const TESTED: readonly TestedGrant[] = ['authorization_code', 'client_credentials'];
const TEST_BYTES = 12;

type Wrong = Partial<Pick<ClientTestProps, 'problem' | 'returned' | 'chosen'>>;

export function clientTestRoutes(app: FastifyInstance, kit: AdminKit): void {
  const path = `${kit.paths.client(':client_id').replace('%3A', ':')}/test`;
  app.get(
    path,
    apiMembersOnly(
      kit,
      withClient(kit, (client, visit, _request, reply) => show(kit, client, visit, reply)),
    ),
  );
  app.post(
    path,
    act('token.fetch'),
    apiMembersOnly(
      kit,
      withClient(kit, (client, visit, request, reply) => run(kit, client, visit, request, reply)),
    ),
  );
}

const grantsOf = ({ grants }: Client): TestedGrant[] => TESTED.filter((grant) => grants.includes(grant));

async function show(
  kit: AdminKit,
  client: Client,
  visit: MemberVisit,
  reply: FastifyReply,
  wrong: Wrong = {},
) {
  const grants = grantsOf(client);
  const props: ClientTestProps = {
    client,
    grants,
    chosen: wrong.chosen ?? grants[0] ?? 'authorization_code',
    authorizeUrl: grants.includes('authorization_code') ? authorizeUrl(kit, client, visit) : null,
    proof: proofOf(client),
    returned: wrong.returned ?? '',
    ...(wrong.problem && { problem: wrong.problem }),
  };
  const status = wrong.problem === undefined ? 200 : 422;
  return sendPage(reply, clientTestPage(await visit.admin(visit.session), props), { status });
}

function proofOf({ isPublic, policies }: Client): ClientTestProps['proof'] {
  if (isPublic || policies.authMethods.includes('none')) return 'none';
  return usesSecret(policies) ? 'secret' : 'assertion';
}

/**
 * Nothing is kept between the two halves: both are drawn from the session's token, and from what is new in every test, since
 * a challenge that comes twice is an app's fault and would be told as this client's.
 */
function halves({ clientId }: Client, { sessionToken = '' }: MemberVisit, test: string) {
  return {
    state: `${test}.${hmacBase64url(sessionToken, `client test state ${clientId} ${test}`)}`,
    verifier: hmacBase64url(sessionToken, `client test verifier ${clientId} ${test}`),
  };
}

function authorizeUrl(kit: AdminKit, client: Client, visit: MemberVisit): string {
  const { state, verifier } = halves(client, visit, randomToken(TEST_BYTES));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: client.redirectUris[0] ?? '',
    scope: client.scopes.join(' '),
    state,
    code_challenge: sha256Base64url(verifier),
    code_challenge_method: 'S256',
  });
  return `${kit.deps.publicUrl}${kit.paths.authorize}?${query}`;
}

async function run(
  kit: AdminKit,
  client: Client,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const form = formOf(request);
  const chosen = grantsOf(client).find((grant) => grant === form.text('grant_type'));
  const [returned, proof] = [form.text('returned').trim(), form.text('proof').trim()];
  const again = (problem: 'returned' | 'proof') =>
    show(kit, client, visit, reply, { problem, returned, ...(chosen && { chosen }) });
  if (chosen === undefined) return show(kit, client, visit, reply);
  const asked =
    chosen === 'authorization_code'
      ? redemption(client, visit, returned)
      : { grant_type: chosen, scope: client.scopes.join(' ') };
  if (asked === undefined) return again('returned');
  if (proof === '' && proofOf(client) !== 'none') return again('proof');
  const tested = await walk(client, asked, proof, request);
  return sendPage(reply, clientTestedPage(await visit.admin(visit.session), { client, ...tested }));
}

type Fields = Readonly<Record<string, string>>;

/** With the code in the address that the browser came back to; undefined when it is none of such a test. */
function redemption(client: Client, visit: MemberVisit, returned: string): Fields | undefined {
  if (!URL.canParse(returned)) return undefined;
  const { searchParams } = new URL(returned);
  const [state, code] = [searchParams.get('state') ?? '', searchParams.get('code')];
  const { state: expected, verifier } = halves(client, visit, state.split('.')[0] ?? '');
  if (code === null || !constantTimeEqual(expected, state)) return undefined;
  return {
    grant_type: 'authorization_code',
    redirect_uri: client.redirectUris[0] ?? '',
    code,
    code_verifier: verifier,
  };
}

async function walk(client: Client, asked: Fields, proof: string, request: FastifyRequest) {
  const { headers, fields } = credentials(client, proof);
  const redeeming = formRequest('/token', { ...asked, ...fields }, headers);
  const redeemed = await exchange(request, 'token', redeeming);
  const exchanges: Exchange[] = [redeemed.shown];
  const { access_token: token, scope = '' } = redeemed.body as { access_token?: string; scope?: string };
  if (token === undefined) return { exchanges, worked: false };
  try {
    const call = await exchange(request, 'api', apiRequest(firstQuery(scope.split(' ')), token));
    exchanges.push(call.shown);
    return { exchanges, worked: call.shown.status < 400 && hasData(call.body) };
  } finally {
    await exchange(request, 'token', formRequest('/revoke', { token, ...fields }, headers));
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
