/** The log: one JSON line an event, each with the request id. Queries, headers, bodies, tokens, secrets and cookies stay out. */
import { type Logger, pino } from 'pino';

const SECRET_FIELDS = [
  'code',
  'code_verifier',
  'access_token',
  'refresh_token',
  'client_secret',
  'password',
  'authorization',
  'cookie',
  'set-cookie',
];

type Loggable = { method?: string; url?: string; ip?: string };

export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: '[redacted]',
    },
    serializers: {
      req: (request: Loggable) => ({
        method: request.method,
        path: request.url?.split('?')[0],
        ip: request.ip,
      }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
      err: pino.stdSerializers.err,
    },
  });
}
