/**
 * GET /api/changes: the change feed as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * Without `Last-Event-ID` it begins with what happens from now on. An event's id is the cursor that GraphQL's `changes`
 * takes too; a `: heartbeat` brings one along, so that a reconnecting listener need not go through what did not concern it.
 */
import { Readable } from 'node:stream';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CHANGE_PARTS, isChangePart } from '../database/change-parts.ts';
import type { Db } from '../database/open.ts';
import type { ChangeFollower } from '../feed/follow.ts';
import { type FeedChoice, type FeedRow, feedHead } from '../feed/store/feed.ts';
import { readFeedPage } from '../feed/store/page.ts';
import { namedTopics, type ReadableTopic, readableChanges } from '../graphql/readable-changes.ts';
import type { Principal } from '../oauth/rules/scope.ts';
import { changeCursor, readChangeCursor } from '../shop/change-cursor.ts';
import { inStatus, isStatusId, MAX_STATUSES } from '../shop/store/status-now.ts';
import {
  ApiError,
  authenticate,
  type BearerGate,
  insufficientScope,
  type Publish,
  refuse,
} from './api-refusal.ts';
import { openToPages } from './cors.ts';
import { type Limiter, TooManyError } from './limits.ts';
import { tellStandings } from './rate-limit.ts';

const RECONNECT_MS = 5_000; // what a listener is told to wait before it comes back
const FULL_RETRY_SECONDS = 30;
const BY_PAGES = { methods: 'GET', headers: 'Authorization, Last-Event-ID, *' };

export type ChangesRouteDeps = BearerGate & {
  readonly db: Db;
  readonly follower: ChangeFollower;
  /** What there is to hear of. */
  readonly topics: readonly ReadableTopic[];
  readonly publish: Publish;
  /** Requests a minute of one client. */
  readonly requests: Limiter;
  /** Whether the Web API is still switched on. */
  readonly isOn: () => Promise<boolean>;
  /** Epoch seconds as the API writes times. */
  readonly writeTime: (at: number) => string;
  readonly heartbeatMs: number;
  /** Listeners at once, in this process. */
  readonly maxListeners: number;
  readonly maxListenersPerClient: number;
};

type Listener = {
  readonly clientId: string;
  readonly end: AbortController;
  /** Whether the token still opens this door. */
  readonly mayGoOn: () => Promise<boolean>;
};

export async function changesRoute(app: FastifyInstance, deps: ChangesRouteDeps): Promise<void> {
  const listeners = new Set<Listener>();
  app.setErrorHandler((error: FastifyError | Error, request, reply) =>
    refuse(deps.publish, error, request, reply),
  );
  app.addHook('preClose', async () => {
    for (const { end } of listeners) end.abort();
  });
  const useGet = (): never => {
    throw new ApiError(405, 'Use GET.', 'graphql', { allow: 'GET' });
  };
  openToPages(app, { '/api/changes': { ...BY_PAGES, refuse: useGet } });
  app.route({
    method: 'GET',
    url: '/api/changes',
    exposeHeadRoute: false,
    handler: (request, reply) => listen(deps, listeners, request, reply),
  });
  app.route({
    method: ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/api/changes',
    handler: async () => useGet(),
  });
}

async function listen(
  deps: ChangesRouteDeps,
  listeners: Set<Listener>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const principal = await authenticate(deps, request);
  tellStandings(reply, [await deps.requests.spend(`client ${principal.clientId}`)]);
  const asked = addressParams(request);
  const choice = choiceFor(deps, asked, principal);
  const eventLine = eventLineOf(asked);
  const after = await startOf(deps, request);
  const listener = enter(deps, listeners, principal, request);
  const stream = Readable.from(eventTexts(deps, listener, { after, choice, eventLine }), {
    highWaterMark: 1,
  });
  watch(deps, listeners, listener, stream);
  return reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no') // nginx would hold events back
    .header('connection', 'close') // a stream that ends while the server closes must not hold it up
    .send(stream);
}

const addressParams = ({ url }: FastifyRequest): URLSearchParams =>
  new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');

/**
 * `event=message` leaves the events without a name, so that they reach `onmessage` of an EventSource. A named event does
 * not; to send each in both ways would tell everybody else twice.
 */
function eventLineOf(asked: URLSearchParams): string {
  const name = asked.get('event') ?? '';
  if (name === 'message') return '';
  if (name === '' || name === 'change') return 'event: change\n';
  throw new ApiError(400, 'event: give change or message.');
}

function entitiesFor(
  { topics, issuer }: ChangesRouteDeps,
  asked: URLSearchParams,
  { scopes }: Principal,
): readonly string[] | undefined {
  const readable = readableChanges(topics, entitiesOf(topics, asked), scopes);
  if (readable.ok) return readable.entities;
  throw insufficientScope(`Insufficient permission. (${readable.scopes.join(',')})`, readable.scopes, issuer);
}

/** What the address chooses beside the entities: `excludeOwn=true&parts=stock,price&status=1,5`. */
function choiceFor(deps: ChangesRouteDeps, asked: URLSearchParams, principal: Principal): Chosen {
  const entities = entitiesFor(deps, asked, principal);
  const own = asked.get('excludeOwn') ?? '';
  if (!['', 'true', 'false'].includes(own)) throw new ApiError(400, 'excludeOwn: give true or false.');
  const parts = listOf(asked, 'parts');
  if (!parts.every(isChangePart)) {
    throw new ApiError(400, `parts: name some of ${CHANGE_PARTS.join(', ')}, with commas between.`);
  }
  const status = listOf(asked, 'status').map(Number);
  if (status.length > MAX_STATUSES || !status.every(isStatusId)) {
    throw new ApiError(400, `status: give ids of statuses with commas between, ${MAX_STATUSES} at the most.`);
  }
  return {
    entities,
    parts: parts.length === 0 ? undefined : parts,
    notBy: own === 'true' ? principal.clientId : undefined,
    status,
  };
}

const listOf = (params: URLSearchParams, name: string): string[] =>
  params
    .getAll(name)
    .flatMap((words) => words.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** `entities=product,order`; absent or empty = all. */
function entitiesOf(
  topics: readonly ReadableTopic[],
  params: URLSearchParams,
): readonly string[] | undefined {
  const asked = listOf(params, 'entities');
  if (asked.length === 0) return undefined;
  const { entities, all } = namedTopics(topics, asked);
  if (all) return entities;
  const names = topics.map(({ entity }) => entity).join(', ');
  throw new ApiError(400, `entities: name some of ${names}, with commas between.`);
}

async function startOf({ db }: ChangesRouteDeps, request: FastifyRequest): Promise<number> {
  const given = request.headers['last-event-id'];
  if (given === undefined || given === '') return feedHead(db);
  const after = typeof given === 'string' ? readChangeCursor(given) : undefined;
  const reading = after === undefined ? undefined : await readFeedPage(db, { after, limit: 1 });
  if (after === undefined || reading?.kind === 'ahead') {
    throw new ApiError(400, 'Last-Event-ID: this is no id of an event of this feed.');
  }
  if (reading?.kind === 'behind')
    throw new ApiError(410, fallenBehind(reading.resumeAt), 'graphql', {}, 'CURSOR_EXPIRED');
  return after;
}

const fallenBehind = (resumeAt: number): string =>
  `Changes behind this id are no longer kept. Read everything anew, or go on behind ${changeCursor(resumeAt)}.`;

function enter(
  deps: ChangesRouteDeps,
  listeners: Set<Listener>,
  { clientId }: Principal,
  request: FastifyRequest,
): Listener {
  const own = [...listeners].filter((one) => one.clientId === clientId).length;
  if (own >= deps.maxListenersPerClient || listeners.size >= deps.maxListeners) {
    throw new TooManyError(FULL_RETRY_SECONDS);
  }
  const { authorization } = request.headers;
  const mayGoOn = async () => (await deps.isOn()) && (await deps.principalOf(authorization)).kind === 'ok';
  const listener = { clientId, end: new AbortController(), mayGoOn };
  listeners.add(listener);
  return listener;
}

/** Ends what may not go on, also when no one takes the events; forgets the listener when the connection is gone. */
function watch(
  { heartbeatMs }: ChangesRouteDeps,
  listeners: Set<Listener>,
  listener: Listener,
  stream: Readable,
): void {
  const judge = async () => {
    if (listener.end.signal.aborted) stream.destroy();
    else if (!(await listener.mayGoOn().catch(() => false))) listener.end.abort();
  };
  const timer = setInterval(() => void judge(), heartbeatMs);
  timer.unref();
  stream.on('close', () => {
    clearInterval(timer);
    listeners.delete(listener);
    listener.end.abort();
  });
}

type Chosen = FeedChoice & { readonly status: readonly number[] };

type Wanted = {
  readonly after: number;
  readonly choice: Chosen;
  /** The name of the events; '' = none. */
  readonly eventLine: string;
};

async function* eventTexts(
  { db, follower, heartbeatMs, writeTime }: ChangesRouteDeps,
  { end, mayGoOn }: Listener,
  { after, choice, eventLine }: Wanted,
): AsyncGenerator<string> {
  yield `retry: ${RECONNECT_MS}\n${idLine(after)}\n`;
  const { status } = choice;
  const following = { after, choice, quietMs: heartbeatMs, signal: end.signal };
  for await (const step of follower.follow(following)) {
    if (!(await mayGoOn())) return;
    if (step.kind === 'behind') {
      yield 'event: fallen_behind\ndata: {}\n\n';
      return;
    }
    const rows =
      step.kind === 'quiet' ? [] : await inStatus(db, step.rows, { order: status, product: status });
    yield rows.length === 0
      ? `: heartbeat\n${idLine(step.readUpTo)}\n`
      : rows.map((row) => eventLine + eventText(row, writeTime)).join('');
  }
}

function eventText(row: FeedRow, writeTime: (at: number) => string): string {
  const { position, entity, id, action, changedAt, parts, origin } = row;
  const data = JSON.stringify({ entity, id, action, changed_at: writeTime(changedAt), parts, origin });
  return `${idLine(position)}data: ${data}\n\n`;
}

const idLine = (position: number): string => `id: ${changeCursor(position)}\n`;
