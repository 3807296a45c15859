/**
 * Fits the declarations to a shop that lacks some of them: 4.0–4.3 differ, patch releases may, and plugins remove.
 * What is absent is left out of everything that is derived from the registry, and said in words for `doctor`.
 */
import { columnName, type Entity, type Relation } from './entity.ts';
import { buildRegistry, type Registry } from './registry.ts';

/** Table name → names of its columns, as the database has them. */
type Live = ReadonlyMap<string, ReadonlySet<string>>;

export type FittedRegistry = {
  registry: Registry;
  /** One English sentence for each thing that was left out. */
  notes: string[];
};

export function withoutMissing(registry: Registry, live: Live): FittedRegistry {
  const notes: string[] = [];
  const present = registry.entities.filter((entity) => isUsable(entity, live, notes));
  const names = new Set(present.map(({ name }) => name));
  const fitted = present.map((entity) => ({
    ...entity,
    columns: presentColumns(entity, live, notes),
    derived: presentDerived(entity, live),
    relations: presentRelations(entity, registry, names, live, notes),
    indexes: (entity.indexes ?? []).filter(({ columns }) =>
      columns.every((column) => has(live, entity, column)),
    ),
  }));
  return { registry: buildRegistry(fitted), notes };
}

const has = (live: Live, { table }: Entity, column: string): boolean => live.get(table)?.has(column) ?? false;

/** Without its table or its key nothing of an entity can be read. */
function isUsable(entity: Entity, live: Live, notes: string[]): boolean {
  const { name, table } = entity;
  if (!live.has(table)) {
    notes.push(`table ${table} is absent: ${name} is left out${reason(entity)}`);
    return false;
  }
  const missing = Object.entries(entity.columns)
    .filter(([, { key }]) => key)
    .map(([field, column]) => columnName(field, column))
    .filter((column) => !has(live, entity, column));
  if (missing.length > 0)
    notes.push(`key column ${table}.${missing.join(', ')} is absent: ${name} is left out`);
  return missing.length === 0;
}

function presentColumns(entity: Entity, live: Live, notes: string[]): Entity['columns'] {
  const kept = Object.entries(entity.columns).filter(([field, column]) => {
    const name = columnName(field, column);
    if (has(live, entity, name)) return true;
    notes.push(
      `column ${entity.table}.${name} is absent: ${entity.name}.${field} is left out${reason(column)}`,
    );
    return false;
  });
  return Object.fromEntries(kept);
}

/** What is made from a column goes with it. */
function presentDerived(entity: Entity, live: Live): NonNullable<Entity['derived']> {
  const isThere = (field: string): boolean => {
    const column = entity.columns[field];
    return column !== undefined && has(live, entity, columnName(field, column));
  };
  return Object.fromEntries(
    Object.entries(entity.derived ?? {}).filter(([, needed]) => needed.every(isThere)),
  );
}

/** A relation needs its other end, and the foreign key on whichever side holds it. */
function presentRelations(
  entity: Entity,
  registry: Registry,
  names: ReadonlySet<string>,
  live: Live,
  notes: string[],
): Entity['relations'] {
  const kept = Object.entries(entity.relations).filter(([field, relation]) => {
    const target = registry.target(relation);
    const owner = relation.kind === 'one' ? entity : target;
    const lacking = names.has(target.name) ? undefined : target.table;
    const absent =
      lacking ?? (has(live, owner, relation.column) ? undefined : `${owner.table}.${relation.column}`);
    if (absent) notes.push(`${entity.name}.${field} is left out, because ${absent} is absent`);
    return !absent;
  });
  return Object.fromEntries(
    kept.map(([field, relation]) => [field, sortedByPresent(relation, registry.target(relation), live)]),
  );
}

function sortedByPresent(relation: Relation, target: Entity, live: Live): Relation {
  if (relation.kind !== 'many' || !relation.orderBy) return relation;
  return { ...relation, orderBy: relation.orderBy.filter(({ column }) => has(live, target, column)) };
}

function reason({ optional, origin }: Pick<Entity, 'optional' | 'origin'>): string {
  if (origin !== undefined) return ` (${origin} declares it)`;
  return optional
    ? ' (not every version of EC-CUBE has it)'
    : '; EC-CUBE itself has it, so something removed it';
}
