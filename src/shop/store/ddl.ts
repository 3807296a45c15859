/**
 * The shop's entities as CREATE statements, so that the embedded shop has EC-CUBE's own tables: its names, types,
 * order of columns, indexes and foreign keys, also the names that Doctrine makes up for the last two.
 */
import { crc32 } from 'node:zlib';
import { type RawBuilder, sql } from 'kysely';
import type { DialectKit } from '../../database/dialect/kit.ts';
import { type Column, columnName, type Entity, keyType } from '../entity.ts';
import type { Registry } from '../registry.ts';

const MAX_DOCTRINE_NAME = 30; // characters

type Statement = RawBuilder<unknown>;

type ForeignKey = {
  column: string;
  required: boolean;
  onDelete: 'set null' | undefined;
  /** More than one when several relations share the column; EC-CUBE then declares no constraint. */
  targets: Entity[];
};

/** Tables in an order in which each stands after those it points to; rows can be inserted in the same order. */
export function inDependencyOrder(registry: Registry): Entity[] {
  const ordered = new Set<Entity>();
  const begun = new Set<Entity>();
  const visit = (entity: Entity): void => {
    if (begun.has(entity)) return;
    begun.add(entity);
    for (const { targets } of foreignKeys(entity, registry)) targets.forEach(visit);
    ordered.add(entity);
  };
  registry.entities.forEach(visit);
  return [...ordered];
}

/** CREATE TABLE and the CREATE INDEXes of one entity. */
export function createStatements(entity: Entity, registry: Registry, kit: DialectKit): Statement[] {
  const keys = foreignKeys(entity, registry);
  const parts = [
    ...columnParts(entity, keys, kit),
    ...keyPart(entity),
    ...keys.flatMap((key) => constraint(entity, key)),
  ];
  return [
    sql`create table ${sql.table(entity.table)} (${sql.join(parts)}) ${sql.raw(kit.tableOptions)}`,
    ...keys.map(({ column }) =>
      index(entity.table, doctrineName('idx', entity.table, column), [column], false),
    ),
    ...(entity.indexes ?? []).map(({ name, columns, unique }) =>
      index(entity.table, name, columns, unique === true),
    ),
  ];
}

function foreignKeys(entity: Entity, registry: Registry): ForeignKey[] {
  const byColumn = new Map<string, ForeignKey>();
  for (const relation of Object.values(entity.relations)) {
    if (relation.kind !== 'one') continue;
    const { column, required = false, onDelete } = relation;
    const key = byColumn.get(column) ?? { column, required, onDelete, targets: [] };
    key.targets.push(registry.target(relation));
    byColumn.set(column, key);
  }
  return [...byColumn.values()];
}

/** As Doctrine orders them: keys, foreign keys, the rest, the discriminator. */
function columnParts(entity: Entity, keys: readonly ForeignKey[], kit: DialectKit): Statement[] {
  const own = Object.entries(entity.columns).map(([field, column]) => ({
    name: columnName(field, column),
    column,
  }));
  const ownNames = new Set(own.map(({ name }) => name));
  const foreign = keys.filter(({ column }) => !ownNames.has(column)).map((key) => foreignColumn(key));
  return [
    ...own.filter(({ column }) => column.key),
    ...foreign,
    ...own.filter(({ column }) => !column.key),
    { name: 'discriminator_type', column: { type: 'string' } satisfies Column },
  ].map(({ name, column }) => columnPart(name, column, kit));
}

function foreignColumn({ column, required, targets }: ForeignKey): { name: string; column: Column } {
  const type = targets[0] && keyType(targets[0]);
  if (!type) throw new Error(`no single key stands behind ${column}`); // registry-check refuses such a registry
  return { name: column, column: { type, unsigned: true, nullable: !required } };
}

function columnPart(name: string, column: Column, kit: DialectKit): Statement {
  const type = sql.raw(kit.columnType(column.type, sizeOf(column)));
  if (column.type === 'id') return sql`${sql.ref(name)} ${type}`;
  const value = column.default === undefined ? sql`` : sql` default ${sql.lit(column.default)}`;
  return sql`${sql.ref(name)} ${type}${value}${column.nullable ? sql`` : sql` not null`}`;
}

function sizeOf({ length, digits, unsigned = false }: Column): Parameters<DialectKit['columnType']>[1] {
  return {
    unsigned,
    ...(length === undefined ? {} : { length }),
    ...(digits === undefined ? {} : { precision: digits[0], scale: digits[1] }),
  };
}

function keyPart(entity: Entity): Statement[] {
  const keys = Object.entries(entity.columns).filter(([, { key, type }]) => key && type !== 'id');
  if (keys.length === 0) return [];
  return [sql`primary key (${sql.join(keys.map(([field, column]) => sql.ref(columnName(field, column))))})`];
}

function constraint({ table }: Entity, { column, targets, onDelete }: ForeignKey): Statement[] {
  const [target] = targets;
  if (!target || targets.length > 1) return [];
  const name = sql.ref(doctrineName('fk', table, column));
  const key = Object.entries(target.columns).find(([, { key }]) => key);
  if (!key) return [];
  const action = onDelete ? sql` on delete ${sql.raw(onDelete)}` : sql``;
  const to = sql`${sql.table(target.table)} (${sql.ref(columnName(...key))})`;
  return [sql`constraint ${name} foreign key (${sql.ref(column)}) references ${to}${action}`];
}

function index(table: string, name: string, columns: readonly string[], unique: boolean): Statement {
  const list = sql.join(columns.map((column) => sql.ref(column)));
  return sql`create ${unique ? sql`unique ` : sql``}index ${sql.ref(name)} on ${sql.table(table)} (${list})`;
}

/** Doctrine's AbstractAsset::_generateIdentifierName: CRC-32 of table and column in hex. */
const doctrineName = (prefix: string, table: string, column: string): string =>
  `${prefix}_${crc32(table).toString(16)}${crc32(column).toString(16)}`.slice(0, MAX_DOCTRINE_NAME);
