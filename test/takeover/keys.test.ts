/** Where the plugin's keys are found: named, by its variables, in the shop's folder; of the private one only the public half. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/app/config/config.ts';
import { findPluginKeys, type NamedKeys } from '../../src/app/plugin-keys.ts';
import { scratchFolder } from '../support/scratch.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PUBLIC = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const PRIVATE = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const OLD_PRIVATE = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const ECDSA = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
  type: 'spki',
  format: 'pem',
});

const shop = scratchFolder('tegata-shop-');
const folder = join(shop, 'app/PluginData/Api42/oauth');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'public.key'), PUBLIC);
writeFileSync(join(shop, 'old.key'), OLD_PRIVATE);
writeFileSync(join(shop, 'ec.key'), ECDSA);
writeFileSync(join(shop, 'rubbish.key'), 'rubbish');

const find = (env: Readonly<Record<string, string>>, named?: NamedKeys) =>
  findPluginKeys(parseConfig({ TEGATA_DATA_DIR: shop, ...env }), named);

const PUBLIC_VARIABLE = 'ECCUBE_OAUTH2_RESOURCE_SERVER_PUBLIC_KEY';
const PRIVATE_VARIABLE = 'ECCUBE_OAUTH2_AUTHORIZATION_SERVER_PRIVATE_KEY';

test.each([
  ['the shop’s folder', { TEGATA_SHOP_DIR: shop }, {}, join(folder, 'public.key')],
  ['a folder that is named', {}, { shopDir: shop }, join(folder, 'public.key')],
  ['a file that is named', {}, { publicKey: join(shop, 'old.key') }, join(shop, 'old.key')],
  ['a file of the variable', { [PUBLIC_VARIABLE]: `file://${shop}/old.key` }, {}, join(shop, 'old.key')],
  [
    'the project’s folder in the variable',
    { [PUBLIC_VARIABLE]: '%kernel.project_dir%/old.key', TEGATA_SHOP_DIR: shop },
    {},
    join(shop, 'old.key'),
  ],
  ['the text itself', { [PUBLIC_VARIABLE]: PUBLIC.replaceAll('\n', '\\n') }, {}, 'the environment'],
  ['the private key’s text', { [PRIVATE_VARIABLE]: PRIVATE }, {}, 'the environment'],
])('the key comes from %s', (_what, env, named, from) => {
  const { signing } = find(env as Readonly<Record<string, string>>, named);
  expect(signing).toEqual({ ok: true, pem: PUBLIC, bits: 2048, from });
});

test.each(['ec.key', 'rubbish.key', 'none.key'])(
  '%s is no key, and what is named is not passed over',
  (file) => {
    const named = { publicKey: join(shop, file), shopDir: shop };
    expect(find({}, named).signing).toEqual({ ok: false, lookedAt: [join(shop, file)] });
  },
);

test('the password is EC-CUBE’s usual one, that of the environment, or what is named', () => {
  expect(find({})).toMatchObject({ password: { type: 'plain', text: '<change.me>' }, isUsualPassword: true });
  const env = { ECCUBE_OAUTH2_ENCRYPTION_KEY: 'own' };
  expect(find(env)).toMatchObject({ password: { text: 'own' }, isUsualPassword: false });
  expect(find(env, { password: 'named', keyType: 'defuse' }).password).toEqual({
    type: 'defuse',
    text: 'named',
  });
});
