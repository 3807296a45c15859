/** The log: one JSON line an event, each with the request id. Queries, headers, bodies, tokens, secrets and cookies stay out. */
import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  destination as fileDestination,
  type Logger,
  type LoggerOptions,
  pino,
} from 'pino';
import { TurnOutput } from './log/log-output.ts';
import { withoutSecrets } from './log/log-secrets.ts';
import { loggedError } from './logged-error.ts';

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

/** What a serializer below makes of them holds no secret; the requests themselves do. */
const SERIALIZED: ReadonlySet<string> = new Set(['req', 'res', 'err']);

type Loggable = { method?: string; url?: string; ip?: string };

/** To standard output unless told otherwise. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: (line) => cutTexts(withoutSecrets(line, SERIALIZED)) },
    serializers: {
      req: (request: Loggable) => ({
        method: request.method,
        path: cut(request.url?.split('?')[0] ?? '', PATH_CHARACTERS),
        ip: cut(request.ip ?? '', PATH_CHARACTERS),
      }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
      err: (error: unknown) => {
        const shown = loggedError(error);
        return typeof shown === 'object' && shown !== null ? withoutSecrets(shown) : shown;
      },
    },
  };
  return guardChildren(pino(options, destination ?? standardOutput()));
}

/** Pino's formatters do not see what a child bears on each of its lines. Children inherit this from their parent. */
function guardChildren(log: Logger): Logger {
  const child = log.child as unknown as (bindings: Bindings, options?: ChildLoggerOptions) => Logger;
  log.child = function guarded(this: Logger, bindings: Bindings, options?: ChildLoggerOptions) {
    return child.call(this, withoutSecrets(bindings, SERIALIZED), options);
  } as unknown as Logger['child'];
  return log;
}

let standard: DestinationStream | undefined; // one for all loggers of the process

/**
 * A full disk or a reader that is gone ends no server: lines wait, as many as there is room for, and go out with the next
 * one that can be written.
 */
function standardOutput(): DestinationStream {
  if (standard) return standard;
  const stream = fileDestination({ fd: process.stdout.fd ?? 1, sync: true, maxLength: WAITING_BYTES });
  stream.on('error', () => {});
  standard = new TurnOutput(stream);
  return standard;
}
