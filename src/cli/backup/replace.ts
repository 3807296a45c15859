/** What `tegata restore FILE` and `tegata import FILE` share: the plan is shown, someone is asked, then it is done. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Kept } from '../../app/backup/end-what-is-over.ts';
import { KIND_NAMES, type Manifest } from '../../app/backup/manifest.ts';
import type { RestorePlan } from '../../app/backup/plan.ts';
import { type Restored, restore } from '../../app/backup/restore.ts';
import { systemClock } from '../../base/clock.ts';
import { configOf, OPERATOR, print, wrongUsage } from '../command.ts';
import { timeText } from '../table.ts';
import { confirmed, isInteractive } from '../terminal.ts';
import { type PassphraseOptions, passphraseOf, passphraseOption } from './passphrase.ts';
import { progress, sizeText } from './progress.ts';

export type ReplacingOptions = PassphraseOptions & { yes?: true; replaceKeys?: true };

export const replacingOptions = (command: Command): Command =>
  passphraseOption(command)
    .option('--yes', 'do not ask')
    .option(
      '--replace-keys',
      'the database here belongs to another installation, and is to be replaced all the same',
    );

export type Replacement = {
  readonly form: Manifest['form'];
  readonly file: string;
  readonly keeps: Kept;
  readonly planOnly: boolean;
  readonly options: ReplacingOptions;
};

export async function replaceByFile(command: Command, replacing: Replacement): Promise<void> {
  const { form, keeps, planOnly, options } = replacing;
  if (!planOnly && !options.yes && !isInteractive()) {
    wrongUsage(command, 'nobody can be asked here: give --yes');
  }
  const config = configOf(command);
  const passphrase = await passphraseOf(command, config, options, 'open');
  const shown = progress();
  let plan: RestorePlan | undefined;
  const confirm = async (made: RestorePlan): Promise<boolean> => {
    plan = made;
    shown.end();
    if (planOnly) return false;
    if (options.yes) return true;
    process.stderr.write(`${planLines(made, keeps, config.timeZone).join('\n')}\n`);
    return confirmed('Replace what is here?');
  };
  const wish = {
    form,
    file: resolve(replacing.file),
    passphrase,
    keeps,
    replaceKeys: options.replaceKeys ?? false,
    confirm,
    onBytes: (bytes: number) => shown.say(`${sizeText(bytes)} read`),
  };
  const restored = await restore({ config, clock: systemClock }, wish, OPERATOR).finally(shown.end);
  if (!restored) {
    if (planOnly && plan) print(command, planAnswer(plan), planLines(plan, keeps, config.timeZone));
    return;
  }
  print(command, restoredAnswer(restored), restoredLines(restored, config.timeZone));
}

const planAnswer = ({ manifest, clients, keys, replaces, unreadable, reopened, ...plan }: RestorePlan) => ({
  form: manifest.form,
  made_at: manifest.madeAt,
  version: manifest.version,
  database: manifest.database,
  embedded: manifest.embedded,
  migrations: manifest.migrations.length,
  clients: { in_file: clients.inFile, here: clients.here },
  keys,
  replaces,
  unreadable: unreadable ?? null,
  same_installation: plan.sameInstallation,
  reopened: reopened.map(({ kind, clientId, occurredAt }) => ({
    kind,
    client_id: clientId,
    occurred_at: occurredAt,
  })),
});

const restoredAnswer = (restored: Restored) => ({
  ...planAnswer(restored),
  ended: { grants: restored.ended.grants },
  former_keys: restored.formerKeys ?? null,
});

const REPLACES: Readonly<Record<RestorePlan['replaces'], string>> = {
  nothing: 'nothing: there is none here yet',
  tables: 'all rows of Tegata’s own tables; the audit log keeps what it has beyond the file',
  shop: 'the whole shop, its products, orders and customers with it',
};

const KEYS: Readonly<Record<RestorePlan['keys'], string>> = {
  made: 'those of the file',
  kept: 'stay: the folder here is the one of the file',
  replaced: 'those of the file take the place of the ones here, which are kept beside them',
};

const ENDS: Readonly<Record<Kept, string>> = {
  nothing: 'sessions, codes, tokens and refresh tokens: each app is approved again',
  tokens:
    'sessions, codes and access tokens; refresh tokens go on, also ones that were revoked after the file was made',
  all: 'sessions and codes; all else goes on',
};

function planLines(plan: RestorePlan, keeps: Kept, timeZone: string): string[] {
  const { manifest, clients, unreadable } = plan;
  const shop = manifest.embedded ? ', a shop of Tegata’s own' : '';
  return [
    `${manifest.form} of ${timeText(manifest.madeAt, timeZone)}, made by Tegata ${manifest.version} on ${KIND_NAMES[manifest.database]}${shop}`,
    `clients: ${clients.inFile} in the file, ${clients.here} here`,
    `replaces: ${unreadable === undefined ? REPLACES[plan.replaces] : `a file that can no longer be read (${unreadable})`}`,
    `keys: ${KEYS[plan.keys]}`,
    `ends: ${ENDS[keeps]}`,
    ...reopenedLines(plan, timeZone),
  ];
}

const reopenedLines = ({ reopened }: RestorePlan, timeZone: string): string[] =>
  reopened.length === 0
    ? []
    : [
        'closed after the file was made, so that it is open again; look at each:',
        ...reopened.map(
          ({ kind, clientId, occurredAt }) =>
            `  ${timeText(occurredAt, timeZone)}  ${kind}${clientId === null ? '' : `  client ${clientId}`}`,
        ),
      ];

function restoredLines(restored: Restored, timeZone: string): string[] {
  const { manifest, ended, formerKeys } = restored;
  return [
    `restored: the ${manifest.form} of ${timeText(manifest.madeAt, timeZone)}`,
    ...(ended.grants > 0 ? [`${ended.grants} connections of apps have ended; each is approved again`] : []),
    ...(formerKeys === undefined ? [] : [`the keys that were here are in ${formerKeys}`]),
    ...reopenedLines(restored, timeZone),
    'look whether all is well: tegata doctor',
  ];
}
