/** The variables that say where signing keys lie and who holds them. */
import { oneOf, text } from './parsers.ts';
import { optional, variable } from './variable.ts';

export const KEY_VARIABLES = {
  keyStore: variable('TEGATA_KEYS', oneOf('files', 'database'), {
    fallback: 'files',
    meaning:
      'where the signing keys lie: `files` of the data folder, or the `database`, encrypted with the master key; see [operating](operating.md)',
    example: 'database',
  }),
  masterKey: optional('TEGATA_MASTER_KEY', text, {
    meaning:
      'with `TEGATA_KEYS=database`: the 32 bytes, in base64url, that keys and stored secrets are encrypted with; the same on every node, and never in the database',
    example: 'the content of keys/master.key',
    secret: true,
  }),
  masterKeyFile: optional('TEGATA_MASTER_KEY_FILE', text, {
    meaning: 'file that holds it, in place of `TEGATA_MASTER_KEY`',
    example: '/run/secrets/tegata-master-key',
  }),
  keyModule: optional('TEGATA_KEY_MODULE', text, {
    meaning:
      'with `TEGATA_KEYS=database`: module that makes signing keys in a KMS or HSM and signs with them; unset = Tegata does both',
    example: '/etc/tegata/kms.mjs',
  }),
};

type KeyValues = {
  readonly keyStore: 'files' | 'database';
  readonly masterKey: string | undefined;
  readonly masterKeyFile: string | undefined;
  readonly keyModule: string | undefined;
};

/** What does not go together. */
export function keyFaults({ keyStore, masterKey, masterKeyFile, keyModule }: KeyValues): string[] {
  if (keyStore === 'files') {
    return keyModule === undefined ? [] : ['TEGATA_KEY_MODULE: needs TEGATA_KEYS=database'];
  }
  if ((masterKey === undefined) !== (masterKeyFile === undefined)) return [];
  return [
    'TEGATA_KEYS: database needs either TEGATA_MASTER_KEY or TEGATA_MASTER_KEY_FILE; for example TEGATA_MASTER_KEY_FILE=/run/secrets/tegata-master-key',
  ];
}
