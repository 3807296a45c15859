/** The database and the signing key of a peer: SQLite that answers only for what is on the disk, RSA-2048 from a file. */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';

export function openDatabase(folder, schema) {
  const database = new DatabaseSync(join(folder, 'peer.db'));
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000');
  database.exec(schema);
  return database;
}

export function signingKey(folder) {
  const file = join(folder, 'key.pem');
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  }
  return createPrivateKey(readFileSync(file));
}

const signed = promisify(sign);
const HEADER = encoded({ alg: 'RS256', typ: 'at+jwt', kid: 'bench' });

/** For the libraries that leave the making of a JWT to whoever uses them: off the event loop, the fastest that Node has. */
export async function signJwt(claims, key) {
  const input = `${HEADER}.${encoded(claims)}`;
  return `${input}.${(await signed('sha256', Buffer.from(input), key)).toString('base64url')}`;
}

function encoded(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
