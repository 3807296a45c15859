/** Two processes on the database and data folder of a server, held at a line and let go at the same moment. */
import { type ChildProcess, fork } from 'node:child_process';
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
  const start = () => fork(PROGRAM, [env], { execArgv: ['--no-warnings'] });
  const [one, other] = [start(), start()];
  await Promise.all([heard(one), heard(other)]);
  const tell = async (child: ChildProcess, race: Race): Promise<Outcome> => {
    const told = heard(child);
    child.send(race);
    return (await told) as Outcome;
  };
  return {
    race: async (first, second = first) => {
      const moment = { startAt: Date.now() + HEAD_START_MS, now: server.clock.now() };
      return Promise.all([tell(one, { ...moment, deed: first }), tell(other, { ...moment, deed: second })]);
    },
    close: async () => {
      for (const child of [one, other]) {
        const ended = once(child, 'exit');
        child.disconnect();
        await ended;
      }
    },
  };
}

async function heard(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the process ended with exit code ${code}`);
  });
  ended.catch(() => {});
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
}
