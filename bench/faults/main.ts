/**
 * `npm run faults -- NAME|all [--database sqlite|postgres|mariadb] [--seconds N]`: two nodes under a load of real clients, a fault,
 * its end, and then the record of what the clients were told beside what the database holds. Ends with 1 when something
 * was lost, doubled, revoked and still working, or not healed in time.
 */
import { parseArgs } from 'node:util';
import { FAULTS, type Fault } from './faults.ts';
import { DATABASES, type DatabaseName } from './place.ts';
import { type Outcome, runFault, timesOf } from './run.ts';
import { makeWorld, type World } from './world.ts';

const HEAL_SECONDS = 5;
const LOG_LINES = 12;
const LINE_CHARACTERS = 200;
const HEAD = `| fault | database | acknowledged | lost | doubled | revoked but working | refused | healed after | webhooks |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { database: { type: 'string' }, seconds: { type: 'string', default: '8' } },
});
const seconds = Number(values.seconds);
const faults = chosen(positionals);
const databases = DATABASES.filter((name) => values.database === undefined || name === values.database);
if (faults.length === 0 || databases.length === 0 || !(seconds > 0)) {
  console.error(`npm run faults -- NAME…|all [--database ${DATABASES.join('|')}] [--seconds N]\n`);
  for (const { name, title } of FAULTS) console.error(`  ${name.padEnd(14)} ${title}`);
  process.exit(2);
}
const outcomes: Outcome[] = [];
for (const database of databases) outcomes.push(...(await runOn(database)));
console.log(`\n${HEAD}\n${outcomes.map(row).join('\n')}`);
process.exitCode = outcomes.every(isHeld) ? 0 : 1;

function chosen(names: readonly string[]): readonly Fault[] {
  if (names.includes('all')) return FAULTS;
  return FAULTS.filter(({ name }) => names.includes(name));
}

async function runOn(database: DatabaseName): Promise<Outcome[]> {
  const own = faults.filter(({ on }) => on.includes(database));
  if (own.length === 0) return [];
  const done: Outcome[] = [];
  const world = await makeWorld(database);
  try {
    for (const fault of own) {
      const lacking = fault.lacking?.(world);
      if (lacking !== undefined) {
        console.log(`${database} ${fault.name}: left out, ${lacking}`);
        continue;
      }
      const outcome = await runFault(world, fault, timesOf(seconds));
      tell(outcome, world);
      done.push(outcome);
    }
  } finally {
    await world.stop();
  }
  return done;
}

function tell(outcome: Outcome, { both }: World): void {
  console.log(row(outcome));
  const { lost, doubled, revokedButWorking } = outcome.record;
  for (const [name, found] of Object.entries({ lost, doubled, revokedButWorking })) {
    for (const one of found.slice(0, 5)) console.log(`  ${name}: ${one}`);
  }
  if (isHeld(outcome)) return;
  console.log(`  after the end: ${outcome.unhealed}`);
  const starved = outcome.starvedSeconds.map((seconds) => `${seconds.toFixed(1)} s`).join(', ');
  console.log(`  without a processor meanwhile (the nodes, this process): ${starved}`);
  for (const { url, output } of both) {
    for (const line of output().trimEnd().split('\n').slice(-LOG_LINES))
      console.log(`  ${url}: ${line.slice(0, LINE_CHARACTERS)}`);
  }
}

function row({ fault, database, record, healedSeconds, webhookSeconds }: Outcome): string {
  const webhooks = webhookSeconds === undefined ? 'not all' : `all, ${webhookSeconds.toFixed(1)} s`;
  const counts = [
    record.acknowledged,
    record.lost.length,
    record.doubled.length,
    record.revokedButWorking.length,
  ];
  return `| ${fault.name} | ${database} | ${counts.join(' | ')} | ${record.refusals()} | ${healedSeconds.toFixed(1)} s | ${webhooks} |`;
}

function isHeld({ record, healedSeconds, webhookSeconds }: Outcome): boolean {
  const { lost, doubled, revokedButWorking } = record;
  const isRight = lost.length + doubled.length + revokedButWorking.length === 0;
  return isRight && healedSeconds <= HEAL_SECONDS && webhookSeconds !== undefined;
}
