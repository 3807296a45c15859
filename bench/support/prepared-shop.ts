/** A started Tegata with one API client, and as many approved codes as a benchmark wants: what a browser would have made. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomToken, sha256Hex } from '../../src/base/bytes.ts';
import { systemClock } from '../../src/base/clock.ts';
import { readLiveSchema } from '../../src/database/live-schema.ts';
import { openStore } from '../../src/database/open.ts';
import { makeGrantId } from '../../src/oauth/rules/claims.ts';
import { saveCode } from '../../src/oauth/store/codes.ts';
import { allMembers, memberCapabilities } from '../../src/staff/store/members.ts';
import { type Program, runProgram, startProgram } from '../../test/support/program.ts';
import { storageFolder } from './storage-folder.ts';
import type { CodeSource } from './token-plans.ts';

const REDIRECT_URI = 'https://client.example/callback';
const SCOPE = 'read write';
const CODE_LIFE_SECONDS = 3600;

export type PreparedShop = CodeSource & { readonly program: Program; stop(): Promise<void> };

export async function prepareShop(): Promise<PreparedShop> {
  const dataDir = storageFolder('tegata-bench-');
  const program = await startProgram({ env: { NODE_ENV: 'production' }, dataDir });
  const credentials = await createClient(program.dataDir);
  const store = openStore(`sqlite:${join(program.dataDir, 'shop.db')}`);
  const [member] = await allMembers(store.db, memberCapabilities(await readLiveSchema(store)));
  if (!member) throw new Error('the embedded shop has no member');

  async function makeCodeBodies(count: number): Promise<string[]> {
    const codes = Array.from({ length: count }, () => randomToken());
    const now = systemClock.now();
    const { id: memberId, loginId } = member!;
    await store.db.transaction().execute(async (tx) => {
      for (const code of codes) {
        await saveCode(tx, {
          codeHash: sha256Hex(code),
          grantId: makeGrantId(systemClock.nowMs()),
          clientId: credentials.client_id,
          memberId,
          loginId,
          redirectUri: REDIRECT_URI,
          redirectUriSent: true,
          scope: SCOPE,
          codeChallenge: null,
          createdAt: now,
          expiresAt: now + CODE_LIFE_SECONDS,
          resource: null,
        });
      }
    });
    const fixed = { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, ...credentials };
    return codes.map((code) => new URLSearchParams({ ...fixed, code }).toString());
  }

  const stop = async () => {
    await store.close();
    await program.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { program, credentials, makeCodeBodies, stop };
}

async function createClient(dataDir: string): Promise<PreparedShop['credentials']> {
  const grants = ['authorization_code', 'refresh_token', 'client_credentials'].flatMap((one) => [
    '--grant',
    one,
  ]);
  const options = ['--name', 'bench', '--redirect-uri', REDIRECT_URI, '--scope', SCOPE, ...grants, '--json'];
  const made = await runProgram(['client', 'create', ...options], { TEGATA_DATA_DIR: dataDir });
  if (made.code !== 0) throw new Error(`client create failed: ${made.stderr}`);
  const { client_id, client_secret } = JSON.parse(made.stdout) as PreparedShop['credentials'];
  return { client_id, client_secret };
}
