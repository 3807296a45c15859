/**
 * What pages of other origins may do (https://fetch.spec.whatwg.org/#http-cors-protocol): ask for tokens, end them, call the
 * API and read the documents, by a fixed star. Nothing here is opened by a cookie, so a foreign page gains nothing that its
 * own server would not; pages of the admin, the authorization endpoint among them, never answer to this.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const PREFLIGHT_SECONDS = 3600; // browsers keep it for two hours at most
const READABLE = 'WWW-Authenticate, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id';

export type Door = {
  readonly methods: string;
  readonly headers: string;
  /** Told of an OPTIONS request that is no preflight; throws its refusal. */
  readonly refuse?: () => never;
};

/** These addresses of a scope answer to other origins; a preflight is the one OPTIONS request that is answered. */
export function openToPages(app: FastifyInstance, doors: Readonly<Record<string, Door>>): void {
  app.addHook('onRequest', ({ headers, routeOptions }, reply, done) => {
    if (headers.origin !== undefined && routeOptions.url !== undefined && routeOptions.url in doors)
      allow(reply);
    done();
  });
  for (const [url, door] of Object.entries(doors)) {
    app.options(url, async (request, reply) => answerOptions(door, request, reply));
  }
}

const allow = (reply: FastifyReply): FastifyReply =>
  reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', READABLE);

function answerOptions(
  { methods, headers, refuse }: Door,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { origin, 'access-control-request-method': asked } = request.headers;
  reply.header('cache-control', 'no-store');
  if (origin !== undefined && asked !== undefined) {
    return reply
      .code(204)
      .header('access-control-allow-methods', methods)
      .header('access-control-allow-headers', headers)
      .header('access-control-max-age', String(PREFLIGHT_SECONDS))
      .send();
  }
  refuse?.();
  return reply.code(405).header('allow', methods).send();
}
