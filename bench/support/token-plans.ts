/** What a load asks of a token endpoint: code exchange, refresh and client credentials, at 32 connections. */
import { givenNumber } from './given.ts';
import type { LoadPlan } from './load.ts';

const CONNECTIONS = 32;
const MEASURED = givenNumber('posts', 150); // posts per connection, each round
const WARM_UP = Math.ceil(MEASURED / 10); // before those

export type CodeSource = {
  /** Form fields with which the client names and authenticates itself. */
  readonly credentials: { readonly client_id: string; readonly client_secret: string };
  /** Token request bodies, each with an approved code of its own. */
  makeCodeBodies(count: number): Promise<string[]>;
};

/** The codes are exchanged in the order in which they were approved, as they are in life. */
export async function exchangePlan(source: CodeSource, base: string): Promise<LoadPlan> {
  const all = await source.makeCodeBodies(CONNECTIONS * (WARM_UP + MEASURED));
  const bodies = Array.from({ length: CONNECTIONS }, (_, lane) =>
    all.filter((_, place) => place % CONNECTIONS === lane),
  );
  return { url: `${base}/token`, bodies, warmUp: WARM_UP, chained: false };
}

/** Each connection exchanges a code once, unmeasured, and then refreshes on and on. */
export async function refreshPlan(source: CodeSource, base: string): Promise<LoadPlan> {
  const first = await source.makeCodeBodies(CONNECTIONS);
  const fields = {
    grant_type: 'refresh_token',
    refresh_token: 'of-the-answer-before',
    ...source.credentials,
  };
  const refresh = new URLSearchParams(fields).toString();
  const bodies = first.map((exchange) => [exchange, ...Array<string>(WARM_UP + MEASURED).fill(refresh)]);
  return { url: `${base}/token`, bodies, warmUp: WARM_UP + 1, chained: true };
}

export async function credentialsPlan({ credentials }: CodeSource, base: string): Promise<LoadPlan> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...credentials }).toString();
  const bodies = Array.from({ length: CONNECTIONS }, () => Array<string>(WARM_UP + MEASURED).fill(body));
  return { url: `${base}/token`, bodies, warmUp: WARM_UP, chained: false };
}
