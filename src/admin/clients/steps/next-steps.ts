/** The commands that lead one client from nothing to data, ready to paste into a shell. */

import { firstQuery } from '../../explorer/first-query.ts';

export type NextStepsInput = {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
  readonly clientId: string;
  /** Null for a public client. */
  readonly clientSecret: string | null;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  /** Given when the client has to use PKCE (RFC 7636). */
  readonly pkce: { readonly verifier: string; readonly challenge: string } | null;
  readonly mayRefresh: boolean;
  /** How long an authorization code works. */
  readonly codeSeconds: number;
};

export type NextSteps = {
  readonly authorizeUrl: string;
  readonly exchange: string;
  readonly call: string;
  readonly refresh: string | null;
};

/** What the scopes allow, on one line. */
const sampleQuery = (scopes: readonly string[]): string => firstQuery(scopes).replace(/\s+/g, ' ').trim();

const call = ({ apiUrl, scopes }: Pick<NextStepsInput, 'apiUrl' | 'scopes'>): string =>
  curl(apiUrl, [
    "-H 'Authorization: Bearer <ACCESS_TOKEN>'",
    "-H 'Content-Type: application/json'",
    `-d ${quote(JSON.stringify({ query: sampleQuery(scopes) }))}`,
  ]);

export function nextSteps(input: NextStepsInput): NextSteps {
  return {
    authorizeUrl: authorizeUrl(input),
    exchange: exchange(input),
    call: call(input),
    refresh: input.mayRefresh ? refresh(input) : null,
  };
}

export type OwnStepsInput = Pick<
  NextStepsInput,
  'tokenUrl' | 'apiUrl' | 'clientId' | 'clientSecret' | 'scopes'
>;

/** A client that acts as itself (RFC 6749 §4.4). */
export const ownSteps = (input: OwnStepsInput): Pick<NextSteps, 'exchange' | 'call'> => ({
  exchange: curl(input.tokenUrl, [
    data('grant_type', 'client_credentials'),
    ...credentials(input),
    data('scope', input.scopes.join(' ')),
  ]),
  call: call(input),
});

// RFC 6749 §4.1.1, RFC 7636 §4.3
function authorizeUrl({ authorizeUrl, clientId, redirectUri, scopes, state, pkce }: NextStepsInput): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state,
    ...(pkce && { code_challenge: pkce.challenge, code_challenge_method: 'S256' }),
  });
  return `${authorizeUrl}?${query}`;
}

// RFC 6749 §4.1.3, RFC 7636 §4.5
function exchange(input: NextStepsInput): string {
  return curl(input.tokenUrl, [
    data('grant_type', 'authorization_code'),
    ...credentials(input),
    data('redirect_uri', input.redirectUri),
    ...(input.pkce ? [data('code_verifier', input.pkce.verifier)] : []),
    data('code', '<CODE>'),
  ]);
}

// RFC 6749 §6
const refresh = (input: NextStepsInput): string =>
  curl(input.tokenUrl, [
    data('grant_type', 'refresh_token'),
    ...credentials(input),
    data('refresh_token', '<REFRESH_TOKEN>'),
  ]);

const credentials = ({
  clientId,
  clientSecret,
}: Pick<NextStepsInput, 'clientId' | 'clientSecret'>): string[] => [
  data('client_id', clientId),
  ...(clientSecret === null ? [] : [data('client_secret', clientSecret)]),
];

const data = (name: string, value: string): string => `--data-urlencode ${quote(`${name}=${value}`)}`;

const curl = (url: string, options: readonly string[]): string =>
  [`curl ${quote(url)}`, ...options].join(' \\\n  ');

/** A POSIX shell word. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
