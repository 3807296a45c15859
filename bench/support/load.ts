/**
 * The load: a process of its own, so that its work is not counted as the server's. Holds N keep-alive connections, sends
 * posts one after another on each, and reports the time of every answer. Started and told what to do by measure.ts.
 */
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export type LoadPlan = {
  readonly url: string;
  /** For each connection the form bodies to post, in order. */
  readonly bodies: readonly (readonly string[])[];
  /** Posts per connection that are not measured. */
  readonly warmUp: number;
  /** Each post but the first of a connection presents the `refresh_token` of the answer before it. */
  readonly chained: boolean;
  /** Default: those of a form. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type LoadReport = {
  /** Milliseconds from the first measured post to the last answer. */
  readonly elapsedMs: number;
  readonly latenciesMs: readonly number[];
};

type Lane = { readonly bodies: readonly string[]; sent: number; refreshToken: string | undefined };

const agent = new Agent({ keepAlive: true });

/** One plan after another; `go` is said in the middle of each. */
process.on('message', async (plan: LoadPlan | 'go') => {
  if (plan === 'go') return;
  const lanes: Lane[] = plan.bodies.map((bodies) => ({ bodies, sent: 0, refreshToken: undefined }));
  await Promise.all(lanes.map((lane) => drive(plan, lane, plan.warmUp)));
  process.send?.('warm');
  await new Promise((resolve) => process.once('message', resolve));
  const start = performance.now();
  const latencies = await Promise.all(lanes.map((lane) => drive(plan, lane, lane.bodies.length)));
  const elapsedMs = performance.now() - start;
  agent.destroy();
  process.send?.({ elapsedMs, latenciesMs: latencies.flat() } satisfies LoadReport);
});

/** Sends the lane's bodies up to number `until` and returns the milliseconds of each. */
async function drive(plan: LoadPlan, lane: Lane, until: number): Promise<number[]> {
  const latencies: number[] = [];
  while (lane.sent < until) {
    const start = performance.now();
    const answer = await post(plan, bodyOf(plan, lane));
    if (answer !== undefined) latencies.push(performance.now() - start);
    if (answer === undefined && plan.chained) continue; // a refresh may be repeated, a code may not
    if (answer !== undefined && plan.chained)
      lane.refreshToken = (JSON.parse(answer) as { refresh_token: string }).refresh_token;
    lane.sent++;
  }
  return latencies;
}

function bodyOf(plan: LoadPlan, lane: Lane): string {
  const body = lane.bodies[lane.sent] ?? '';
  if (!plan.chained || lane.refreshToken === undefined) return body;
  return body.replace(/refresh_token=[^&]*/, `refresh_token=${lane.refreshToken}`);
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/**
 * The body of a 200; undefined, after the wait, where the server asks to come again later (the machine is busy with other work).
 * Anything else ends the run, for a measure of errors measures nothing.
 */
async function post({ url, headers: given = FORM }: LoadPlan, body: string): Promise<string | undefined> {
  const headers = { ...given, 'content-length': Buffer.byteLength(body) };
  const answer = await send(url, { method: 'POST', agent, headers }, body);
  const content = await text(answer);
  const wait = answer.statusCode === 503 ? Number(answer.headers['retry-after']) : 0;
  if (wait > 0) return sleep(wait * 1000, undefined);
  if (answer.statusCode !== 200) throw new Error(`the server answered ${answer.statusCode}: ${content}`);
  return content;
}

/** Once more where the server had just closed a connection that lay idle: nobody has read the request then. */
const send = (url: string, options: RequestOptions, body: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const sent = request(url, options, resolve).on('error', (error: NodeJS.ErrnoException) => {
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(send(url, options, body));
      else reject(error);
    });
    sent.end(body);
  });
