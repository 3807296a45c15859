/**
 * Every variable the program reads, in one table: name, meaning, unit, default, example, secret or not. The table is the
 * parser, the documentation (`tegata docs`) and the log's redaction list.
 */

import { LONGEST_TOKEN_SECONDS } from '../../oauth/keys/keyring.ts';
import { EC_CUBE_COST } from '../../staff/rules/password.ts';
import { adminSegment, pagesPrefix, publicUrl } from './addresses.ts';
import { IMAGE_URL } from './image-url.ts';
import { KEY_VARIABLES } from './key-variables.ts';
import { LIMIT_VARIABLES } from './limit-variables.ts';
import {
  baseUrl,
  databaseUrl,
  flag,
  hostList,
  hostsAndRanges,
  integer,
  list,
  listenHost,
  oneOf,
  pattern,
  text,
  timeZone,
} from './parsers.ts';
import { READ_VARIABLES } from './read-variables.ts';
import { optional, variable } from './variable.ts';

const MONTH = 30 * 24 * 3600;
const YEAR = 366 * 24 * 3600;

export const VARIABLES = {
  host: variable('HOST', listenHost, {
    fallback: '127.0.0.1',
    meaning: 'listen address',
    example: '0.0.0.0',
  }),
  port: variable('PORT', integer(1, 65535), { fallback: '3000', meaning: 'listen port', example: '8080' }),
  publicUrl: optional('PUBLIC_URL', publicUrl(baseUrl), {
    meaning:
      'base URL that the world sees, a path included; the issuer. Default `http://localhost:{PORT}` ([deploy](deploy/README.md))',
    example: 'https://shop.example',
  }),
  pagesPath: optional('TEGATA_PATH', pagesPrefix, {
    meaning:
      'below which path login, home and the other pages of Tegata’s own lie. Default `/{ECCUBE_ADMIN_ROUTE}/api/oauth/tegata`, which nothing of EC-CUBE has; while `PUBLIC_URL` is this machine’s own port, `/{ECCUBE_ADMIN_ROUTE}`',
    example: '/tegata',
  }),
  shopUrl: optional('TEGATA_SHOP_URL', baseUrl, {
    meaning: 'home page of the shop: `X-ECCUBE-URL` of webhooks, links on the pages. Default `PUBLIC_URL`',
    example: 'https://shop.example',
  }),
  imageUrl: optional('TEGATA_IMAGE_URL', baseUrl, IMAGE_URL),
  dataDir: variable('TEGATA_DATA_DIR', text, {
    fallback: './var',
    meaning: 'folder for keys and the embedded database',
    example: '/var/lib/tegata',
  }),
  ...KEY_VARIABLES,
  // Read by bin/runtime.js, before there is a Node that could read this file.
  runtimeDir: optional('TEGATA_RUNTIME_DIR', text, {
    meaning:
      'folder for the Node 26 that is fetched where the machine’s own is older ([operating](operating.md)). Default `~/.cache/tegata`',
    example: '/opt/tegata/runtime',
  }),
  imageDir: optional('TEGATA_IMAGE_DIR', text, {
    meaning:
      'folder of the shop’s product images, its `html/upload/save_image`, or `s3://bucket/prefix` ([images](images.md)); unset = `POST /api/images` answers 501',
    example: '/var/www/shop/html/upload/save_image',
  }),
  databaseUrl: optional('DATABASE_URL', databaseUrl, {
    meaning: 'the shop’s database; unset = an embedded SQLite shop in the data folder',
    example: 'postgresql://user:password@localhost:5432/eccube',
    secret: true,
  }),
  databasePool: variable('TEGATA_DATABASE_POOL', integer(1, 200), {
    fallback: '10',
    meaning: 'connections to a PostgreSQL or MySQL server',
    example: '20',
  }),
  ...READ_VARIABLES,
  adminPassword: optional('TEGATA_ADMIN_PASSWORD', text, {
    meaning: 'password of `admin` when the embedded shop is first made; unset = random, printed once',
    example: 'correct-horse-9',
    secret: true,
  }),
  backupPassphrase: optional('TEGATA_BACKUP_PASSPHRASE', text, {
    meaning:
      'passphrase of `tegata backup`, `restore`, `export` and `import FILE` where no one can type it; see [backup](backup.md)',
    example: 'seven words that nobody else would put together',
    secret: true,
  }),
  adminRoute: variable('ECCUBE_ADMIN_ROUTE', adminSegment, {
    fallback: 'admin',
    meaning: 'first path segment of the admin',
    example: 'admin',
  }),
  authMagic: variable('ECCUBE_AUTH_MAGIC', text, {
    fallback: '<change.me>',
    meaning: 'EC-CUBE’s password magic; needed for members whose password EC-CUBE 4.0–4.2 wrote',
    example: 'the value in the shop’s .env',
    secret: true,
  }),
  linkSecret: optional(
    'TEGATA_LINK_SECRET',
    pattern(
      /^[\x21-\x7e]{32,256}$/,
      'must be 32 to 256 letters, digits and signs (make one: tegata link secret)',
    ),
    {
      meaning:
        'what Tegata shares with EC-CUBE’s plugin tegata-link, which logs in who is logged in to EC-CUBE’s admin; unset = no such login',
      example: 'the output of tegata link secret',
      secret: true,
    },
  ),
  passwordCost: variable('TEGATA_PASSWORD_COST', integer(4, 16), {
    fallback: String(EC_CUBE_COST),
    meaning: 'bcrypt cost of new password hashes, and the work that every login takes; lower only for tests',
    example: '13',
  }),
  timeZone: variable('ECCUBE_TIMEZONE', timeZone, {
    fallback: 'Asia/Tokyo',
    meaning: 'time zone of dates in answers and on pages',
    example: 'Asia/Tokyo',
  }),
  locale: variable('ECCUBE_LOCALE', oneOf('ja', 'en'), {
    fallback: 'ja',
    meaning: 'language of pages and messages; unset = Japanese, or English where the browser prefers it',
    example: 'en',
  }),
  currency: variable('ECCUBE_CURRENCY', pattern(/^[A-Z]{3}$/, 'must be an ISO 4217 code'), {
    fallback: 'JPY',
    meaning: 'currency of the shop',
    example: 'JPY',
  }),
  adminAllowHosts: variable('ECCUBE_ADMIN_ALLOW_HOSTS', hostList, {
    fallback: '[]',
    meaning: 'non-empty: the admin, and `/` that leads there, answers only to these addresses',
    example: '["192.0.2.0/24"]',
  }),
  adminDenyHosts: variable('ECCUBE_ADMIN_DENY_HOSTS', hostList, {
    fallback: '[]',
    meaning: 'the admin never answers to these addresses',
    example: '["203.0.113.7"]',
  }),
  frontAllowHosts: variable('ECCUBE_FRONT_ALLOW_HOSTS', hostList, {
    fallback: '[]',
    meaning: 'the same as `ECCUBE_ADMIN_ALLOW_HOSTS` for every other path, `/token` and `/api` included',
    example: '["192.0.2.0/24"]',
  }),
  frontDenyHosts: variable('ECCUBE_FRONT_DENY_HOSTS', hostList, {
    fallback: '[]',
    meaning: 'the same as `ECCUBE_ADMIN_DENY_HOSTS` for every other path',
    example: '["203.0.113.7"]',
  }),
  trustedProxies: variable('TRUSTED_PROXIES', hostList, {
    fallback: '',
    meaning: 'proxies whose `X-Forwarded-*` headers are believed',
    example: '10.0.0.0/8,127.0.0.1',
  }),
  tlsCertFile: optional('TEGATA_TLS_CERT', text, {
    meaning: 'PEM file of the certificate chain; with `TEGATA_TLS_KEY` Tegata serves HTTPS itself',
    example: '/etc/tegata/fullchain.pem',
  }),
  tlsKeyFile: optional('TEGATA_TLS_KEY', text, {
    meaning: 'PEM file of the certificate’s private key',
    example: '/etc/tegata/privkey.pem',
  }),
  mailerDsn: variable('MAILER_DSN', text, {
    fallback: 'null://null',
    meaning: 'mail transport (Symfony Mailer’s form)',
    example: 'smtp://user:password@mail.example:587',
    secret: true,
  }),
  twoFactorEnabled: variable('ECCUBE_2FA_ENABLED', flag, {
    fallback: '1',
    meaning: '0 turns two-factor login off for everybody',
    example: '1',
  }),
  oauthPrivateKey: optional('ECCUBE_OAUTH2_AUTHORIZATION_SERVER_PRIVATE_KEY', text, {
    meaning:
      'the PHP plugin’s signing key, a file or the PEM text; `tegata takeover` takes its public half. Tegata signs with keys of its own',
    example: '/var/www/ec-cube/app/PluginData/Api42/oauth/private.key',
    secret: true,
  }),
  oauthPublicKey: optional('ECCUBE_OAUTH2_RESOURCE_SERVER_PUBLIC_KEY', text, {
    meaning:
      'the PHP plugin’s public key, a file or the PEM text; for `tegata takeover`, which also looks below `TEGATA_SHOP_DIR`',
    example: '/var/www/ec-cube/app/PluginData/Api42/oauth/public.key',
  }),
  shopDir: optional('TEGATA_SHOP_DIR', text, {
    meaning:
      'EC-CUBE’s folder, where `tegata takeover` looks for the PHP plugin’s keys; unset = the folder of `--env-file`',
    example: '/var/www/ec-cube',
  }),
  oauthEncryptionKey: variable('ECCUBE_OAUTH2_ENCRYPTION_KEY', text, {
    fallback: '<change.me>',
    meaning:
      'the PHP plugin’s encryption password; `tegata takeover` needs it for codes and refresh tokens that live',
    example: 'the value in the shop’s .env',
    secret: true,
  }),
  codeTtlSeconds: variable('TEGATA_CODE_TTL', integer(1, 600), {
    fallback: '600',
    unit: 'seconds',
    meaning: 'life of an authorization code',
    example: '60',
  }),
  accessTokenTtlSeconds: variable('TEGATA_ACCESS_TOKEN_TTL', integer(1, LONGEST_TOKEN_SECONDS), {
    fallback: '3600',
    unit: 'seconds',
    meaning: 'life of an access token',
    example: '3600',
  }),
  refreshTokenTtlSeconds: variable('TEGATA_REFRESH_TOKEN_TTL', integer(1, YEAR), {
    fallback: String(MONTH),
    unit: 'seconds',
    meaning: 'life of an unused refresh token',
    example: String(MONTH),
  }),
  refreshAbsoluteTtlSeconds: variable('TEGATA_REFRESH_ABSOLUTE_TTL', integer(1, 10 * YEAR), {
    fallback: String(2 * YEAR),
    unit: 'seconds',
    meaning: 'how long after its approval a grant ends, however often it is refreshed',
    example: String(YEAR),
  }),
  ...LIMIT_VARIABLES,
  auditDays: variable('TEGATA_AUDIT_DAYS', integer(1, 36_500), {
    fallback: '400',
    unit: 'days',
    meaning: 'how long the audit log is kept',
    example: '1095',
  }),
  webhookAllow: variable('TEGATA_WEBHOOK_ALLOW', hostsAndRanges, {
    fallback: '',
    meaning: 'hosts and CIDR ranges among the private ones that webhooks may reach',
    example: '127.0.0.0/8,erp.internal',
  }),
  jwksAllow: variable('TEGATA_JWKS_ALLOW', hostsAndRanges, {
    fallback: '',
    meaning:
      'hosts and CIDR ranges among the private ones that the key sets of clients (`jwks_uri`) may be fetched from',
    example: 'idp.internal,10.1.2.0/24',
  }),
  extensions: variable('TEGATA_EXTENSIONS', list, {
    fallback: '',
    meaning:
      'files of extensions: lists of what plugins added (`.json`, `.yaml`) and modules (`.js`, `.mjs`, `.ts`); relative to the working folder',
    example: '/etc/tegata/plugins.yaml,/etc/tegata/maker.mjs',
  }),
  keyRotationDays: variable('TEGATA_KEY_ROTATION_DAYS', integer(0, 3650), {
    fallback: '0',
    unit: 'days',
    meaning: 'how long a signing key signs before the next one takes over; 0 = only by command or button',
    example: '90',
  }),
  metricsAllowHosts: variable('TEGATA_METRICS_ALLOW', hostList, {
    fallback: '["127.0.0.0/8","::1"]',
    meaning: 'addresses that may read `/metrics`; others are told that there is no such page',
    example: '["10.0.0.0/8"]',
  }),
  drainSeconds: variable('TEGATA_DRAIN', integer(0, 300), {
    fallback: '5',
    unit: 'seconds',
    meaning:
      'how long a server that was told to stop (SIGTERM, SIGHUP) goes on serving while `/ready` says 503; only where somebody has asked `/ready` in the last 30 seconds',
    example: '15',
  }),
  workers: variable('TEGATA_WORKERS', integer(1, 64), {
    fallback: '1',
    unit: 'processes',
    meaning: 'processes that share the port',
    example: '2',
  }),
  logLevel: variable(
    'TEGATA_LOG_LEVEL',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    {
      fallback: 'info',
      meaning: 'pino level',
      example: 'warn',
    },
  ),
};
