/** How an admin route answers: a page under the strict CSP, or a 303 (never 307: a form body must not follow, RFC 9700 §4.12). */
import type { FastifyReply } from 'fastify';
import { type FlashKey, setFlash } from './cookies.ts';
import { contentSecurityPolicy } from './csp.ts';
import type { Exchange } from './exchange.ts';

type Replying = { readonly reply: FastifyReply };

export function sendPage(
  { reply }: Replying,
  html: string,
  options: { status?: number | undefined; policy?: string } = {},
) {
  return reply
    .code(options.status ?? reply.statusCode)
    .header('content-security-policy', options.policy ?? contentSecurityPolicy())
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html);
}

/** RFC 6585 §4: for the page that is sent next. */
export const mustWait = ({ reply }: Replying, seconds: number) =>
  reply.code(429).header('retry-after', String(seconds));

export const redirectTo = ({ reply }: Replying, url: string) =>
  reply.header('cache-control', 'no-store').redirect(url, 303);

/** Sends the browser on with one message for the page it will see. */
export function redirectWith(exchange: Exchange, url: string, key: FlashKey, count = 0) {
  exchange.reply.header('set-cookie', setFlash(key, exchange.visit.jar, count));
  return redirectTo(exchange, url);
}
