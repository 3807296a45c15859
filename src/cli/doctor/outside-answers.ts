/** What comes back from an address as the world asks for it, and whose answer it is. */

export type OutsideAnswer = { readonly status: number; readonly headers: Headers; readonly body: string };
export type OutsideResult = OutsideAnswer | { readonly failure: string };
export type Answerer = 'tegata' | 'eccube' | 'proxy' | 'other' | 'none';

const LIMIT_MS = 5_000;
const MAX_BODY_BYTES = 256 * 1024;
const GATEWAY = [502, 503, 504];
const CONFIG_PAGES = 'docs/deploy/README.md';

export async function ask(url: string, init: RequestInit = {}): Promise<OutsideResult> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS) });
    return { status: response.status, headers: response.headers, body: await beginningOf(response) };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
    return { failure: cause?.code ?? cause?.message ?? message };
  }
}

async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    bytes += (chunk as Uint8Array).length;
    if (bytes > MAX_BODY_BYTES) break;
  }
  return text;
}

export const told = (asked: OutsideResult): string => ('status' in asked ? asked.body : '');

export function jsonOf(asked: OutsideResult): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(told(asked));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** A page of the admin, an error page included. */
export const isPage = ({ body }: OutsideAnswer): boolean => /\/assets\/[0-9a-f]{16}\/tegata\.css"/.test(body);

export function whoseAnswer(asked: OutsideResult): Answerer {
  if (!('status' in asked)) return 'none';
  if (isTegatas(asked)) return 'tegata';
  if (isEcCubes(asked)) return 'eccube';
  return GATEWAY.includes(asked.status) ? 'proxy' : 'other';
}

/** Every answer of ours has an id of this form, which is ours and no proxy's: bytes of the start, and a counter. */
const isTegatas = ({ headers }: OutsideAnswer): boolean =>
  /^[0-9a-f]{16}$/.test(headers.get('x-request-id') ?? '');

const isEcCubes = ({ headers, body }: OutsideAnswer): boolean =>
  headers.getSetCookie().some((line) => /^eccube/i.test(line)) || /EC-CUBE|eccube-csrf-token/i.test(body);

/** For an answer that is not Tegata's. */
export function sayWhose(
  whose: Answerer,
  asked: OutsideResult,
  path: string,
): { says: string; todo: string } {
  const lines = `see the lines for your web server in ${CONFIG_PAGES}`;
  const status = 'status' in asked ? asked.status : 0;
  switch (whose) {
    case 'eccube':
      return {
        says: `EC-CUBE answers (${status}), not Tegata`,
        todo: `let the web server send ${path} to Tegata, before its rules for EC-CUBE; ${lines}`,
      };
    case 'proxy':
      return {
        says: `the web server has no answer of Tegata (${status})`,
        todo: 'see whether Tegata runs, and whether HOST and PORT are where the web server looks for it',
      };
    case 'none':
      return {
        says: `nothing answers (${'failure' in asked ? asked.failure : status})`,
        todo: whyNone(asked),
      };
    case 'other':
      return {
        says: `${serverOf(asked)} answers (${status}), not Tegata`,
        todo: `let the web server send ${path} to Tegata; ${lines}`,
      };
    case 'tegata':
      return {
        says: `Tegata answers ${status}`,
        todo: 'see the log of the running program for this request',
      };
  }
}

const serverOf = (asked: OutsideResult): string => {
  const server = 'status' in asked ? asked.headers.get('server') : null;
  return server === null ? 'another program' : `“${server.slice(0, 60)}”`;
};

function whyNone(asked: OutsideResult): string {
  const failure = 'failure' in asked ? asked.failure : '';
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(failure))
    return 'give the web server a certificate for this name with its whole chain; a private authority: NODE_EXTRA_CA_CERTS';
  if (/ENOTFOUND|EAI_AGAIN/.test(failure))
    return 'check the host name in PUBLIC_URL, and its entry in the DNS';
  return 'check PUBLIC_URL, the web server and its firewall';
}
