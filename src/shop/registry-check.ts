/** Judges whether entity declarations fit together; every fault is one sentence that names entity and field. */
import { type Column, columnName, type Entity, keyType, type Relation } from './entity.ts';

// GraphQL's rule for names; also safe as an SQL identifier on all three databases.
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function registryFaults(entities: readonly Entity[]): string[] {
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  return [
    ...twice(entities.map(({ name }) => name)).map((name) => `entity ${name} is declared twice`),
    ...twice(entities.map(({ table }) => table)).map((table) => `table ${table} belongs to two entities`),
    ...entities.flatMap((entity) => entityFaults(entity, byName)),
  ];
}

function entityFaults(entity: Entity, byName: ReadonlyMap<string, Entity>): string[] {
  const { name, table, columns, relations } = entity;
  const columnNames = Object.entries(columns).map(([field, column]) => columnName(field, column));
  const names = [name, table, ...Object.keys(columns), ...columnNames, ...Object.keys(relations)];
  const faults = names.filter((text) => !NAME.test(text)).map((text) => `${name}: '${text}' is not a name`);
  if (!Object.values(columns).some(({ key }) => key)) faults.push(`${name}: no column is the key`);
  for (const column of twice(columnNames)) faults.push(`${name}: column ${column} is declared twice`);
  for (const field of Object.keys(relations)) {
    if (field in columns) faults.push(`${name}.${field} is both a column and a relation`);
  }
  for (const [field, needed] of Object.entries(entity.derived ?? {})) {
    const lacking = needed.filter((one) => !(one in columns));
    faults.push(...lacking.map((one) => `${name}.${field} needs ${one}, which is not a column`));
  }
  for (const [field, column] of Object.entries(columns))
    faults.push(...columnFaults(`${name}.${field}`, column));
  for (const [field, relation] of Object.entries(relations)) {
    faults.push(...relationFaults(`${name}.${field}`, entity, relation, byName));
  }
  return [...faults, ...indexFaults(entity)];
}

function columnFaults(place: string, column: Column): string[] {
  const faults: string[] = [];
  if (column.type === 'id' && !column.key) faults.push(`${place}: an auto id must be the key`);
  if (column.key && column.nullable) faults.push(`${place}: a key cannot be null`);
  if (column.type === 'decimal' && !column.digits) faults.push(`${place}: a decimal needs digits`);
  return faults;
}

function relationFaults(
  place: string,
  entity: Entity,
  relation: Relation,
  byName: ReadonlyMap<string, Entity>,
): string[] {
  const target = byName.get(relation.entity);
  if (!target) return [`${place} points to ${relation.entity}, which is not an entity`];
  if (relation.kind === 'one') return ownerFaults(place, entity, relation.column, target);
  const owners = Object.values(target.relations).filter(
    ({ kind, column }) => kind === 'one' && column === relation.column,
  );
  if (!owners.some((owner) => owner.entity === entity.name)) {
    return [`${place}: ${target.name} has no relation to ${entity.name} through ${relation.column}`];
  }
  const ordered = relation.kind === 'many' ? (relation.orderBy ?? []) : [];
  const known = new Set(tableColumns(target));
  return ordered
    .filter(({ column }) => !known.has(column))
    .map(({ column }) => `${place}: ${target.table} has no column ${column} to sort by`);
}

/** The foreign key must be able to hold the target's key, and agree with a column declared under the same name. */
function ownerFaults(place: string, entity: Entity, column: string, target: Entity): string[] {
  const type = keyType(target);
  if (!type) return [`${place}: ${target.name} has not exactly one key column`];
  const declared = Object.entries(entity.columns).find(
    ([field, own]) => columnName(field, own) === column,
  )?.[1];
  if (!declared || declared.type === type) return [];
  return [`${place}: ${column} is ${declared.type}, but the key of ${target.name} is ${type}`];
}

function indexFaults(entity: Entity): string[] {
  const known = new Set(tableColumns(entity));
  return (entity.indexes ?? []).flatMap(({ name, columns }) =>
    columns
      .filter((column) => !known.has(column))
      .map((column) => `${entity.name}: index ${name} names ${column}, which is not a column`),
  );
}

function tableColumns({ columns, relations }: Entity): string[] {
  const own = Object.entries(columns).map(([field, column]) => columnName(field, column));
  const foreign = Object.values(relations).flatMap(({ kind, column }) => (kind === 'one' ? [column] : []));
  return [...own, ...foreign];
}

const twice = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, place) => names.indexOf(name) !== place)),
];
