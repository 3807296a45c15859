/** Where the keys of the plugin are: the options that plan and apply share. */
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Config } from '../../app/config/config.ts';
import { findPluginKeys } from '../../app/plugin-keys.ts';
import type { DefuseKeyType } from '../../oauth/plugin/defuse.ts';
import type { PluginKeys } from '../../takeover/deps.ts';
import type { GlobalOptions } from '../command.ts';
import { pipedIn } from '../terminal.ts';

export type KeyOptions = {
  shop?: string;
  publicKey?: string;
  encryptionKey?: string;
  encryptionKeyType?: DefuseKeyType;
};

export const withKeyOptions = (command: Command): Command =>
  command
    .option('--shop <folder>', 'EC-CUBE’s folder; usually that of --env-file')
    .option('--public-key <file>', 'the plugin’s public.key, where it is not in the shop’s folder')
    .option(
      '--encryption-key <key>',
      'the plugin’s ECCUBE_OAUTH2_ENCRYPTION_KEY, where it is in neither environment nor --env-file; - reads it from standard input',
    )
    .addOption(
      new Option(
        '--encryption-key-type <type>',
        'plain, as the plugin has it; defuse only where encryption_key_type was changed',
      )
        .choices(['plain', 'defuse'])
        .default('plain'),
    );

export async function keysOf(command: Command, config: Config, options: KeyOptions): Promise<PluginKeys> {
  const { envFile } = command.optsWithGlobals<GlobalOptions>();
  const { encryptionKey } = options;
  return findPluginKeys(config, {
    publicKey: options.publicKey === undefined ? undefined : resolve(options.publicKey),
    password: encryptionKey === '-' ? (await pipedIn()).trim() : encryptionKey,
    keyType: options.encryptionKeyType,
    shopDir:
      options.shop ?? config.shopDir ?? (envFile === undefined ? undefined : dirname(resolve(envFile))),
  });
}
