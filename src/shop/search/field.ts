/** Finds the column that a dotted field name of a search means: `name`, `Status`, `ProductClasses.code`. */
import { type ColumnType, columnName, type Entity, keyType } from '../entity.ts';
import type { Registry } from '../registry.ts';

export type Field = {
  /** The entity that has the column. */
  readonly entity: Entity;
  readonly column: string;
  readonly type: ColumnType;
  /** Also when the field is reached over a relation that may have no rows. */
  readonly nullable: boolean;
};

export function resolveField(registry: Registry, entityName: string, path: string): Field {
  const steps = path.split('.');
  const name = steps.pop() ?? '';
  const entity = steps.reduce((from, step) => targetOf(registry, from, step), registry.entity(entityName));
  const distant = steps.length > 0;
  const column = entity.columns[name];
  if (column) {
    const nullable = distant || (column.nullable ?? false);
    return { entity, column: columnName(name, column), type: column.type, nullable };
  }
  const relation = entity.relations[name];
  if (relation?.kind !== 'one') throw new Error(`${entity.name} has no column for ${name}`);
  const type = keyType(registry.target(relation)) ?? 'integer';
  return { entity, column: relation.column, type, nullable: true };
}

/** The entity that a relation leads to. */
export function targetOf(registry: Registry, entity: Entity, step: string): Entity {
  const relation = entity.relations[step];
  if (!relation) throw new Error(`${entity.name} has no relation ${step}`);
  return registry.target(relation);
}
