/**
 * While nodes are replaced one by one, those of the version before go on with the tables of the new one. What 0.1.0 says to
 * its own tables (`past/statements-0.1.0.DATABASE.jsonl`, recorded while its tests ran; each text once, with values of that
 * run) is therefore said here to the tables of today: no column may be gone, and none be demanded that it does not know.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';

type Statement = { readonly sql: string; readonly parameters: readonly unknown[] };

const statementsOf = (database: string): Statement[] =>
  readFileSync(join(import.meta.dirname, 'past', `statements-0.1.0.${database}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Statement);

/** Tables that 0.1.0 writes while it serves. */
const WRITTEN = [
  'tegata_access_token',
  'tegata_authorization_request',
  'tegata_change',
  'tegata_client',
  'tegata_client_mutation',
  'tegata_code',
  'tegata_delivery',
  'tegata_event',
  'tegata_feed',
  'tegata_grant',
  'tegata_refresh_token',
  'tegata_session',
  'tegata_webhook',
];

class TakenBack extends Error {}

eachDatabase((db) => {
  const server = useOAuthServer(db);
  const statements = statementsOf(db.name);

  test('the recording holds what 0.1.0 writes', () => {
    const writes = statements.filter(({ sql }) => /^\s*(insert|update|delete)/i.test(sql));
    const written = new Set(writes.flatMap(({ sql }) => sql.match(/tegata_\w+/g) ?? []));
    expect(WRITTEN.filter((table) => !written.has(table))).toEqual([]);
  });

  test('each statement of 0.1.0 is understood by the tables of today', async () => {
    const refused: string[] = [];
    for (const { sql, parameters } of statements) {
      const run = server.it.services.store.db.transaction().execute(async (trx) => {
        await trx.executeQuery(CompiledQuery.raw(sql, [...parameters]));
        throw new TakenBack();
      });
      await run.catch((error: unknown) => {
        if (!(error instanceof TakenBack)) refused.push(`${(error as Error).message}: ${sql}`);
      });
    }
    expect(refused).toEqual([]);
  });
});
