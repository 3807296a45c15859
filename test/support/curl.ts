/** The real curl, as the README tells people to use it. Redirects are shown, not followed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

const TIME_LIMIT_SECONDS = '30';

export type CurlAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
};

/** `await curl('-d', 'grant_type=authorization_code', url)`; rejects when curl itself fails. */
export async function curl(...args: string[]): Promise<CurlAnswer> {
  const fixed = ['-q', '-sS', '--proto', '=http,https', '--max-time', TIME_LIMIT_SECONDS, '--include'];
  const { stdout } = await runFile('curl', [...fixed, ...args]);
  return lastAnswer(stdout);
}

/** curl prints an interim answer (`100 Continue`) before the one that counts. */
function lastAnswer(text: string): CurlAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...headerLines] = text.slice(0, end).split('\r\n');
  const status = Number(statusLine.split(' ')[1]);
  const body = text.slice(end + 4);
  return status < 200 ? lastAnswer(body) : { status, headers: parseHeaders(headerLines), body };
}

function parseHeaders(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}
