/**
 * A browser without a window: cookies, forms, no JavaScript, and redirects that are looked at instead of followed. It is
 * as strict as an attacker is curious, so a test sees every header; pages are looked at by real browsers elsewhere.
 */
import { ADMIN, type OAuthServer } from './oauth-server.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** The `Location` header; '' when there is none. */
  readonly location: string;
};

export type Fields = Readonly<Record<string, string>>;

export class HttpBrowser {
  readonly #base: string;
  readonly #jar: Map<string, string>;

  constructor(base: string, jar: ReadonlyMap<string, string> = new Map()) {
    this.#base = base;
    this.#jar = new Map(jar);
  }

  cookie(name: string): string | undefined {
    return this.#jar.get(name);
  }

  setCookie(name: string, value: string): void {
    this.#jar.set(name, value);
  }

  /** Another browser that holds the same cookies: what a thief of cookies has, or this one at an earlier time. */
  copy(): HttpBrowser {
    return new HttpBrowser(this.#base, this.#jar);
  }

  get(path: string, headers: Fields = {}): Promise<Answer> {
    return this.#send(path, { headers });
  }

  post(path: string, fields: Fields | string, headers: Fields = {}): Promise<Answer> {
    const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    return this.#send(path, { method: 'POST', body, headers: form });
  }

  async #send(path: string, init: { method?: string; body?: string; headers: Fields }): Promise<Answer> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'accept-language': 'ja', ...(cookie === '' ? {} : { cookie }), ...init.headers };
    const response = await fetch(new URL(path, this.#base), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const location = response.headers.get('location') ?? '';
    return { status: response.status, headers: response.headers, body: await response.text(), location };
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0/i.test(line)) this.#jar.delete(name);
    else this.#jar.set(name, value);
  }
}

export const newBrowser = (server: OAuthServer): HttpBrowser => new HttpBrowser(server.url);

/** The value of a hidden field of a page; '' when there is none. */
export const hidden = (page: Answer, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';

/** Logs a browser in at the login page it has just been shown. */
export const submitLogin = (
  browser: HttpBrowser,
  page: Answer,
  loginId: string = ADMIN.loginId,
  password: string = ADMIN.password,
  headers: Fields = {},
): Promise<Answer> => {
  const [request, _token] = [hidden(page, 'request'), hidden(page, '_token')];
  return browser.post('/admin/login', { login_id: loginId, password, request, _token }, headers);
};

/** A browser in which a member is logged in. Costs half a second of bcrypt: do it once for a file. */
export async function loggedIn(
  server: OAuthServer,
  loginId: string = ADMIN.loginId,
  password: string = ADMIN.password,
): Promise<HttpBrowser> {
  const browser = newBrowser(server);
  const answer = await submitLogin(browser, await browser.get('/admin/login'), loginId, password);
  if (answer.status !== 303) throw new Error(`the login was answered by ${answer.status}`);
  return browser;
}

/** The member's answer on a consent page. */
export const decide = (
  browser: HttpBrowser,
  page: Answer,
  decision: 'approve' | 'deny',
  headers: Fields = {},
): Promise<Answer> => {
  const [request, _token] = [hidden(page, 'request'), hidden(page, '_token')];
  return browser.post('/admin/authorize', { request, _token, decision }, headers);
};

/** What a redirect to the client carries. */
export const answerOf = ({ location }: Answer): URLSearchParams =>
  URL.canParse(location) ? new URL(location).searchParams : new URLSearchParams();
