/** `tegata doctor`: looks at everything with the real settings, changes nothing, and says what to do. */
import type { Command } from 'commander';
import { configOf, print, withExamples } from '../command.ts';
import { databaseFindings } from './database.ts';
import { environmentFindings } from './environment.ts';
import type { Finding } from './finding.ts';
import { folderFindings } from './folder.ts';
import { checklistFindings } from './security.ts';

const MARKS = { ok: 'ok    ', note: 'note  ', warning: 'WARN  ', fault: 'FAULT ' } as const;

export function doctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description(
      'look at settings, files and database, and say what to mend; exit code 1 when something must be',
    )
    .action(examine);
  withExamples(command, 'doctor', 'doctor --env-file /var/www/ec-cube/.env --json');
}

async function examine(_options: unknown, command: Command): Promise<void> {
  const config = configOf(command);
  const folder = folderFindings(config);
  const { findings: database, security } = await databaseFindings(config);
  const { finding, checklist } = checklistFindings(security);
  const findings = [...folder, ...database, ...(await environmentFindings(config)), finding];
  const ok = findings.every(({ state }) => state !== 'fault');
  print(command, { ok, checks: findings, checklist }, findings.flatMap(linesOf));
  if (!ok) process.exitCode = 1;
}

const linesOf = ({ name, state, says, todo }: Finding): string[] => [
  `${MARKS[state]}${name}: ${says}`,
  ...(todo === undefined ? [] : [`      → ${todo}`]),
];
