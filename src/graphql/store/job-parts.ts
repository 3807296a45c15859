/**
 * What a job takes in and gives out, in parts: compressed and sealed, since lines hold what people wrote, and passwords. In
 * the database, so that every process finds it, whichever received it.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import { seal, unseal } from '../../base/encryption.ts';
import type { Db } from '../../database/open.ts';

export type PartKind = 'document' | 'input' | 'result' | 'place';

export type PartStore = {
  readonly db: Db;
  /** 32 bytes. */
  readonly key: Uint8Array;
};

export type PartName = { readonly jobId: string; readonly kind: PartKind; readonly number: number };

export type JobPart = { readonly firstLine: number; readonly text: string };

const placeOf = ({ jobId, kind, number }: PartName): string => `job ${jobId} ${kind} ${number}`;

const columnsOf = ({ jobId, kind, number }: PartName) => ({ job_id: jobId, kind, number });

export async function insertPart({ db, key }: PartStore, name: PartName, part: JobPart): Promise<void> {
  const content = seal(key, placeOf(name), gzipSync(part.text, { level: 1 }).toString('base64'));
  const row = { ...columnsOf(name), first_line: part.firstLine, content };
  await db.insertInto('tegata_job_part').values(row).execute();
}

/** @throws UnsealError */
export async function readJobPart({ db, key }: PartStore, name: PartName): Promise<JobPart | undefined> {
  const row = await db
    .selectFrom('tegata_job_part')
    .select(['first_line as firstLine', 'content'])
    .where((eb) => eb.and(columnsOf(name)))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const text = gunzipSync(Buffer.from(unseal(key, placeOf(name), row.content), 'base64')).toString();
  return { firstLine: row.firstLine, text };
}

export async function removePart(db: Db, name: PartName): Promise<void> {
  await db
    .deleteFrom('tegata_job_part')
    .where((eb) => eb.and(columnsOf(name)))
    .execute();
}

/** Lines that will not be worked on any more. */
export async function removeInput(db: Db, jobId: string): Promise<void> {
  await db
    .deleteFrom('tegata_job_part')
    .where('job_id', '=', jobId)
    .where('kind', 'in', ['input', 'place'])
    .execute();
}
