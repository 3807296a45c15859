/** EC-CUBE's カテゴリCSV: a row without カテゴリID is a new category, one with it is renamed, moved, or deleted by its flag. */
import type { CsvFormat, CsvJob, CsvLine, CsvVerdict } from './csv-job.ts';
import { CsvRowReader } from './csv-row-reader.ts';
import { csvTexts } from './csv-texts.ts';

const [ID, NAME, PARENT, DELETED] = [
  'カテゴリID',
  'カテゴリ名',
  '親カテゴリID',
  'カテゴリ削除フラグ',
] as const;

const document = `mutation create($name: String!, $parent_id: ID, $validateOnly: Boolean!) {
  categoryCreate(name: $name, parent_id: $parent_id, validateOnly: $validateOnly) { id }
}
mutation update($id: ID!, $name: String!, $validateOnly: Boolean!) {
  categoryUpdate(id: $id, name: $name, validateOnly: $validateOnly) { id }
}
mutation move($id: ID!, $name: String!, $parent_id: ID, $validateOnly: Boolean!) {
  categoryUpdate(id: $id, name: $name, parent_id: $parent_id, validateOnly: $validateOnly) { id }
}
mutation remove($id: ID!, $validateOnly: Boolean!) {
  categoryDelete(id: $id, validateOnly: $validateOnly)
}`;

function read(job: CsvJob, [first]: CsvLine): CsvVerdict {
  const row = new CsvRowReader(job, first ?? { number: 1, cells: [] });
  const { validateOnly } = job;
  const id = row.id(ID);
  const isGone = row.is(DELETED);
  if (isGone && !id && row.errors.length === 0) row.fault(ID, csvTexts.missing);
  const name = isGone ? undefined : row.needed(NAME);
  const parent_id = isGone ? undefined : row.id(PARENT);
  if (id && id === parent_id) row.fault(ID, csvTexts.sameParent);
  if (row.errors.length > 0) return { ok: false, errors: row.errors };
  if (isGone) return { ok: true, request: { operationName: 'remove', variables: { id, validateOnly } } };
  const variables = { ...(id && { id }), name, ...(parent_id !== undefined && { parent_id }), validateOnly };
  // Without the column a category stays where it is.
  const operationName = !id ? 'create' : parent_id === undefined ? 'update' : 'move';
  return { ok: true, request: { operationName, variables } };
}

export const categoryCsv: CsvFormat = {
  columns: [ID, NAME, PARENT, DELETED],
  required: [NAME],
  exportedToo: ['表示ランク', '階層'],
  document,
  operation: 'categoryUpdate',
  fields: { id: ID, name: NAME, parent_id: PARENT },
  read,
};
