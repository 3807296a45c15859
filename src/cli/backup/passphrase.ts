/** Where the passphrase of a backup comes from: a file, the environment, or typed unseen; never an argument, which others can read. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Config } from '../../app/config/config.ts';
import { VARIABLES } from '../../app/config/variables.ts';
import { wrongUsage } from '../command.ts';
import { CommandError } from '../failure.ts';
import { askOnce, askTwice, isInteractive } from '../terminal.ts';

export type PassphraseOptions = { passphraseFile?: string };

/** The file can be tried against every passphrase, as often and as fast as one likes. */
const LEAST_CHARACTERS = 12;

export const passphraseOption = (command: Command): Command =>
  command.option('--passphrase-file <file>', 'read the passphrase from the first line of a file');

export async function passphraseOf(
  command: Command,
  config: Config,
  { passphraseFile }: PassphraseOptions,
  purpose: 'make' | 'open',
): Promise<string> {
  const passphrase = passphraseFile === undefined ? config.backupPassphrase : firstLineOf(passphraseFile);
  const given = passphrase ?? (await typed(command, purpose));
  if (purpose === 'make' && [...given].length < LEAST_CHARACTERS) {
    throw new CommandError(`the passphrase is too short: ${LEAST_CHARACTERS} characters at least`);
  }
  return given;
}

function firstLineOf(file: string): string {
  const [line = ''] = readFileSync(file, 'utf8').split(/\r?\n/);
  if (line === '') throw new CommandError(`${file} holds no passphrase in its first line`);
  return line;
}

async function typed(command: Command, purpose: 'make' | 'open'): Promise<string> {
  if (!isInteractive()) {
    wrongUsage(
      command,
      `no terminal to type the passphrase at: give --passphrase-file or ${VARIABLES.backupPassphrase.name}`,
    );
  }
  return purpose === 'make' ? askTwice('passphrase') : askOnce('Passphrase');
}
