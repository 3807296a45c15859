/** Finds the keys of EC-CUBE's plugin: given by name, by its own variables, or in the folder where it makes them. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DefuseKeyType } from '../oauth/plugin/defuse.ts';
import type { PluginKeys } from '../takeover/deps.ts';
import type { Config } from './config/config.ts';

const USUAL_PASSWORD = '<change.me>';

/** What a caller names, beside the environment. */
export type NamedKeys = {
  readonly publicKey?: string | undefined;
  readonly password?: string | undefined;
  readonly keyType?: DefuseKeyType | undefined;
  readonly shopDir?: string | undefined;
};

type KeyConfig = Pick<Config, 'oauthPublicKey' | 'oauthPrivateKey' | 'oauthEncryptionKey' | 'shopDir'>;

export function findPluginKeys(config: KeyConfig, named: NamedKeys = {}): PluginKeys {
  const text = named.password ?? config.oauthEncryptionKey;
  return {
    password: { type: named.keyType ?? 'plain', text },
    isUsualPassword: text === USUAL_PASSWORD,
    signing: signingKey(config, named),
  };
}

function signingKey(config: KeyConfig, named: NamedKeys): PluginKeys['signing'] {
  const shopDir = resolve(named.shopDir ?? config.shopDir ?? '.');
  // What is named wins, and is not passed over when it cannot be read.
  const given = named.publicKey ?? config.oauthPublicKey ?? config.oauthPrivateKey;
  const places = given === undefined ? usualPlaces(shopDir) : [placeOf(given, shopDir)];
  for (const place of places) {
    const key = readKey(place);
    if (key) {
      const pem = key.export({ type: 'spki', format: 'pem' }).toString();
      return { ok: true, pem, bits: key.asymmetricKeyDetails?.modulusLength ?? 0, from: nameOf(place) };
    }
  }
  return { ok: false, lookedAt: places.map(nameOf) };
}

const usualPlaces = (shopDir: string): string[] =>
  ['Api42', 'Api'].flatMap((plugin) =>
    ['public.key', 'private.key'].map((file) => join(shopDir, 'app/PluginData', plugin, 'oauth', file)),
  );

/** As the plugin reads it: a path, `file://` before it or not, or the text itself. */
function placeOf(given: string, shopDir: string): string {
  const text = given.replaceAll('\\n', '\n');
  if (isPem(text)) return text;
  return resolve(shopDir, given.replace(/^file:\/\//, '').replace('%kernel.project_dir%', shopDir));
}

const isPem = (text: string): boolean => text.includes('-----BEGIN ');

/** Of a text that is itself the key nothing is told. */
const nameOf = (place: string): string => (isPem(place) ? 'the environment' : place);

/** The public half, of whichever half it is; undefined: it cannot be read, or is no RSA key. */
function readKey(place: string): KeyObject | undefined {
  try {
    const key = createPublicKey(isPem(place) ? place : readFileSync(place, 'utf8'));
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}
