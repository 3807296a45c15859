/**
 * Mutations that their callers have named, so that a retry is told the first response. All of it happens in the mutation's
 * own transaction: a mutation that is rolled back leaves no name behind, and a second one of the same name waits for
 * the first.
 */
import type { Db, Store } from '../../database/open.ts';

const REMEMBERED_SECONDS = 24 * 60 * 60;

export type NamedMutation = {
  readonly clientId: string;
  readonly mutation: string;
  readonly idHash: string;
};

const keyOf = ({ clientId, mutation, idHash }: NamedMutation) => ({
  client_id: clientId,
  mutation,
  id_hash: idHash,
});

export type Claim =
  | { readonly kind: 'first' }
  | { readonly kind: 'again'; argsHash: string; result: unknown; answer: string | null };

/** Takes the name for this transaction, or tells what was answered under it. */
export async function claimName(
  { db, kit }: Pick<Store, 'db' | 'kit'>,
  named: NamedMutation,
  argsHash: string,
  now: number,
): Promise<Claim> {
  await db
    .deleteFrom('tegata_client_mutation')
    .where((eb) => eb.and(keyOf(named)))
    .where('created_at', '<=', now - REMEMBERED_SECONDS)
    .execute();
  const row = {
    ...keyOf(named),
    args_hash: argsHash,
    result: null,
    created_at: now,
  };
  const { numInsertedOrUpdatedRows } = await kit
    .ifAbsent(db.insertInto('tegata_client_mutation').values(row))
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n) return { kind: 'first' };
  const known = await db
    .selectFrom('tegata_client_mutation')
    .where((eb) => eb.and(keyOf(named)))
    .select(['args_hash', 'result', 'answer'])
    .executeTakeFirstOrThrow();
  const result: unknown = JSON.parse(known.result ?? 'null');
  return { kind: 'again', argsHash: known.args_hash, result, answer: known.answer };
}

/** Keeps the response under a name that `claimName` has taken in this transaction. */
export async function keepResult(db: Db, named: NamedMutation, result: unknown): Promise<void> {
  await db
    .updateTable('tegata_client_mutation')
    .where((eb) => eb.and(keyOf(named)))
    .set({ result: JSON.stringify(result ?? null) })
    .execute();
}

/** Keeps the whole result, sealed, after the commit; the first that is kept stays. */
export async function keepSealedResult(db: Db, named: NamedMutation, answer: string): Promise<void> {
  await db
    .updateTable('tegata_client_mutation')
    .where((eb) => eb.and(keyOf(named)))
    .where('answer', 'is', null)
    .set({ answer })
    .execute();
}

/** Removes what is no longer remembered, `batch` names at the most; says how many. */
export async function pruneClientMutations(db: Db, now: number, batch: number): Promise<number> {
  const before = now - REMEMBERED_SECONDS;
  const over = await db
    .selectFrom('tegata_client_mutation')
    .select(['client_id as clientId', 'mutation', 'id_hash as idHash'])
    .where('created_at', '<=', before)
    .limit(batch)
    .execute();
  for (const named of over) {
    await db
      .deleteFrom('tegata_client_mutation')
      .where((eb) => eb.and(keyOf(named)))
      .where('created_at', '<=', before)
      .execute();
  }
  return over.length;
}
