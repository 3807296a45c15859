/**
 * The naive floor: the least that a token endpoint can do, by hand. Parses the form, makes one RS256 signature, writes one
 * durable SQLite transaction. No client authentication, no checks. `node floor-server.ts PORT FOLDER`; with a third argument
 * `bare`, without the transaction and the refresh token: the floor of client credentials.
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';

const [port = '', folder = '', storage = 'durable'] = process.argv.slice(2);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const database = new DatabaseSync(join(folder, 'floor.db'));
database.exec('pragma journal_mode = wal; pragma synchronous = full');
database.exec(
  'create table token (refresh_token text primary key, client_id text, jti text, expires_at integer)',
);
const insert = database.prepare('insert into token values (?, ?, ?, ?)');

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const header = base64url({ typ: 'JWT', alg: 'RS256', kid: 'floor' });

createServer(async (request, response) => {
  const form = new URLSearchParams(await text(request));
  const answer = JSON.stringify(issue(form.get('client_id') ?? ''));
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(answer),
  });
  response.end(answer);
}).listen(Number(port), '127.0.0.1', () => process.send?.('ready'));

function issue(clientId: string) {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { aud: clientId, jti: randomBytes(16).toString('hex'), iat, nbf: iat, exp: iat + 3600 };
  const input = `${header}.${base64url({ ...claims, sub: 'admin', scopes: ['read', 'write'], scope: 'read write' })}`;
  const signature = sign('sha256', Buffer.from(input), privateKey).toString('base64url');
  const answer = { token_type: 'Bearer', expires_in: 3600, access_token: `${input}.${signature}` };
  if (storage === 'bare') return { ...answer, scope: 'read write' };
  const refreshToken = randomBytes(32).toString('base64url');
  insert.run(refreshToken, clientId, claims.jti, claims.exp);
  return { ...answer, refresh_token: refreshToken, scope: 'read write' };
}
