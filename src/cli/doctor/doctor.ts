/** `tegata doctor`: looks at everything with the real settings, changes nothing, and says what to do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../../app/config/config.ts';
import { systemClock } from '../../base/clock.ts';
import { configOf, type GlobalOptions, print, withExamples } from '../command.ts';
import { failureLine } from '../failure.ts';
import { onStopSignal } from '../stop-signals.ts';
import { databaseFindings } from './database.ts';
import { environmentFindings } from './environment.ts';
import type { Finding } from './finding.ts';
import { folderFindings } from './folder.ts';
import { outsideFindings } from './outside.ts';
import { checklistFindings } from './security.ts';
import { MONITOR_CODES, monitorLine, newsLine, watch, worstOf } from './watch.ts';

const MARKS = { ok: 'ok    ', note: 'note  ', warning: 'WARN  ', fault: 'FAULT ' } as const;
const WATCH_SECONDS = { usual: 60, least: 5, most: 86_400 } as const;

type Options = { watch?: number | true; once?: true; fromOutside?: true };

export function doctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description(
      'look at settings, files and database, and say what to mend; exit code 1 when something must be',
    )
    .option(
      '--from-outside',
      'instead ask PUBLIC_URL as the world does, and say which answers do not come from Tegata',
    )
    .option(
      '--watch [seconds]',
      `look again and again (every ${WATCH_SECONDS.usual} s) until stopped; print only what appears and goes, with --json one object a line`,
      seconds,
    )
    .addOption(
      new Option(
        '--once',
        'look once and print one line for a monitor; exit code as Nagios has it: 0 in order, 1 warning, 2 fault, 3 unknown',
      ).conflicts('watch'),
    )
    .action(examine);
  withExamples(
    command,
    'doctor',
    'doctor --env-file /var/www/ec-cube/.env --json',
    'doctor --env-file /var/www/ec-cube/.env --from-outside',
    'doctor --watch 30 --json',
    'doctor --once',
  );
}

function seconds(text: string): number {
  const value = Number(text);
  const { least, most } = WATCH_SECONDS;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`must be whole seconds from ${least} to ${most}.`);
}

async function examine(options: Options, command: Command): Promise<void> {
  const { watch: every, once } = options;
  const look = options.fromOutside ? fromOutside : allFindings;
  if (once) return examineOnce(command, look);
  const config = configOf(command);
  if (every !== undefined)
    return keepWatching(command, config, look, every === true ? WATCH_SECONDS.usual : every);
  const { findings, ...further } = await look(config);
  const ok = worstOf(findings) !== 'fault';
  print(command, { ok, checks: findings, ...further }, findings.flatMap(linesOf));
  if (!ok) process.exitCode = 1;
}

type Look = (config: Config) => Promise<{ readonly findings: readonly Finding[] }>;

const fromOutside: Look = async (config) => ({ findings: await outsideFindings(config) });

async function allFindings(config: Config) {
  const folder = folderFindings(config);
  const { findings: database, security } = await databaseFindings(config);
  const { finding, checklist } = checklistFindings(security);
  const findings = [...folder, ...database, ...(await environmentFindings(config)), finding];
  return { findings, checklist };
}

/** A monitor reads one line on standard output, whatever happens. */
async function examineOnce(command: Command, look: Look): Promise<void> {
  try {
    const { findings } = await look(configOf(command));
    const state = worstOf(findings);
    print(command, { state, checks: findings }, [monitorLine(findings)]);
    process.exitCode = MONITOR_CODES[state];
  } catch (error) {
    const says = failureLine(error).replaceAll(/[|\r\n]+/g, ' ');
    print(command, { state: 'unknown', says }, [`TEGATA UNKNOWN - ${says}`]);
    process.exitCode = MONITOR_CODES.unknown;
  }
}

/** Until a signal; the exit code is then that of the last look. */
async function keepWatching(command: Command, config: Config, look: Look, every: number): Promise<void> {
  const stop = new AbortController();
  onStopSignal(() => stop.abort());
  const { json } = command.optsWithGlobals<GlobalOptions>();
  const watching = watch();
  while (!stop.signal.aborted) {
    const { findings } = await look(config);
    for (const news of watching.see(findings, new Date(systemClock.nowMs()))) {
      process.stdout.write(`${json ? JSON.stringify(news) : newsLine(news)}\n`);
    }
    await sleep(every * 1_000, undefined, { signal: stop.signal }).catch(() => {});
  }
  if (watching.worst() === 'fault') process.exitCode = 1;
}

const linesOf = ({ name, state, says, todo }: Finding): string[] => [
  `${MARKS[state]}${name}: ${says}`,
  ...(todo === undefined ? [] : [`      → ${todo}`]),
];
