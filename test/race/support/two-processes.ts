/** Two processes on the database and data folder of a server, held at a line and let go at the same moment. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { OAuthServer } from '../../support/oauth-server.ts';
import type { Deed, Outcome, Race } from './racer.ts';

const PROGRAM = join(import.meta.dirname, 'racer.ts');
const HEAD_START_MS = 4; // for the messages to arrive

export type TwoProcesses = {
  /** Both deeds at once. */
  race(first: Deed, second?: Deed): Promise<readonly [Outcome, Outcome]>;
  close(): Promise<void>;
};

export async function startTwoProcesses(server: OAuthServer): Promise<TwoProcesses> {
  const { port, dataDir, databaseUrl } = server.services.config;
  const env = JSON.stringify({ PORT: String(port), TEGATA_DATA_DIR: dataDir, DATABASE_URL: databaseUrl });
  const [one, other] = [startRacer(env), startRacer(env)];
  await Promise.all([one.ready, other.ready]);
  return {
    race: async (first, second = first) => {
      const moment = { startAt: Date.now() + HEAD_START_MS, now: server.clock.now() };
      return Promise.all([one.tell({ ...moment, deed: first }), other.tell({ ...moment, deed: second })]);
    },
    close: async () => {
      await Promise.all([one.close(), other.close()]);
    },
  };
}

type Racer = { readonly ready: Promise<unknown>; tell(race: Race): Promise<Outcome>; close(): Promise<void> };

function startRacer(env: string): Racer {
  const child = fork(PROGRAM, [env], { execArgv: ['--no-warnings'] });
  let awaited = Promise.withResolvers<unknown>();
  child.on('message', (message) => awaited.resolve(message));
  child.on('exit', (code) => awaited.reject(new Error(`the process ended with exit code ${code}`)));
  return {
    ready: awaited.promise,
    tell: async (race) => {
      awaited = Promise.withResolvers<unknown>();
      child.send(race);
      return (await awaited.promise) as Outcome;
    },
    close: async () => {
      awaited.promise.catch(() => {});
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
