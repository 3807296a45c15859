/** `tegata doctor`: looks at everything with the real settings, changes nothing, and says what to do. */
import type { Command } from 'commander';
import { configOf, print, withExamples } from '../command.ts';
import { databaseFindings } from './database.ts';
import { environmentFindings } from './environment.ts';
import type { Finding } from './finding.ts';
import { folderFindings } from './folder.ts';
import { outsideFindings } from './outside.ts';
import { checklistFindings } from './security.ts';

const MARKS = { ok: 'ok    ', note: 'note  ', warning: 'WARN  ', fault: 'FAULT ' } as const;

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
    .action(examine);
  withExamples(
    command,
    'doctor',
    'doctor --env-file /var/www/ec-cube/.env --json',
    'doctor --env-file /var/www/ec-cube/.env --from-outside',
  );
}

async function examine({ fromOutside }: { fromOutside?: boolean }, command: Command): Promise<void> {
  const config = configOf(command);
  if (fromOutside) return tell(command, await outsideFindings(config));
  const folder = folderFindings(config);
  const { findings: database, security } = await databaseFindings(config);
  const { finding, checklist } = checklistFindings(security);
  const findings = [...folder, ...database, ...(await environmentFindings(config)), finding];
  tell(command, findings, { checklist });
}

function tell(command: Command, findings: readonly Finding[], further: object = {}): void {
  const ok = findings.every(({ state }) => state !== 'fault');
  print(command, { ok, checks: findings, ...further }, findings.flatMap(linesOf));
  if (!ok) process.exitCode = 1;
}

const linesOf = ({ name, state, says, todo }: Finding): string[] => [
  `${MARKS[state]}${name}: ${says}`,
  ...(todo === undefined ? [] : [`      → ${todo}`]),
];
