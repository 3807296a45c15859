/** The log: one JSON line an event, each with the request id. Queries, headers, bodies, tokens, secrets and cookies stay out. */
import {
  type DestinationStream,
  destination as fileDestination,
  type Logger,
  type LoggerOptions,
  pino,
} from 'pino';
import { loggedError } from './logged-error.ts';

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

/** What strangers choose may be as long as a request's head; a line is for people to read. */
const PATH_CHARACTERS = 200;
const TEXT_CHARACTERS = 2_000;

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)}… (${text.length} characters)`;

const cutTexts = (line: Record<string, unknown>): Record<string, unknown> => {
  for (const name in line) {
    const value = line[name];
    if (typeof value === 'string' && value.length > TEXT_CHARACTERS) {
      return Object.fromEntries(
        Object.entries(line).map(([key, one]) => [
          key,
          typeof one === 'string' ? cut(one, TEXT_CHARACTERS) : one,
        ]),
      );
    }
  }
  return line;
};
const WAITING_BYTES = 1024 * 1024;

type Loggable = { method?: string; url?: string; ip?: string };

/** To standard output unless told otherwise. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: '[redacted]',
    },
    formatters: { log: cutTexts },
    serializers: {
      req: (request: Loggable) => ({
        method: request.method,
        path: cut(request.url?.split('?')[0] ?? '', PATH_CHARACTERS),
        ip: cut(request.ip ?? '', PATH_CHARACTERS),
      }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
      err: loggedError,
    },
  };
  return pino(options, destination ?? standardOutput());
}

/**
 * A full disk or a reader that is gone ends no server: lines wait, as many as there is room for, and go out with the next
 * one that can be written.
 */
function standardOutput(): DestinationStream {
  const stream = fileDestination({ fd: process.stdout.fd ?? 1, sync: true, maxLength: WAITING_BYTES });
  stream.on('error', () => {});
  return stream;
}
