/**
 * Whose rows, and which of their fields, an argument of a search looks at: the one who may give it learns of them, though none
 * is shown. Names of entities, that of the searched one included, and of fields: `Order.name01`.
 */
import type { Registry } from './registry.ts';
import type { Search, SearchArgument } from './search/search.ts';

export const crossedByArgument = (
  registry: Registry,
  { entity }: Search,
  argument: SearchArgument,
): readonly string[] => crossed(registry, entity, pathsOf(argument));

export function crossedBySortKey(
  registry: Registry,
  { entity, sortKeys }: Search,
  key: unknown,
): readonly string[] {
  const path = typeof key === 'string' && Object.hasOwn(sortKeys, key) ? sortKeys[key] : undefined;
  return path === undefined ? [] : crossed(registry, entity, [path]);
}

function pathsOf(argument: SearchArgument): string[] {
  if (argument.kind === 'keyword') return [argument.id, ...argument.places.flatMap(({ fields }) => fields)];
  const own = 'fields' in argument ? argument.fields : [argument.field];
  const left = 'except' in argument && argument.except ? [argument.except.field] : [];
  const way = 'some' in argument && argument.some ? [argument.some.join('.')] : [];
  return [...own, ...left, ...way];
}

function crossed(registry: Registry, entityName: string, paths: readonly string[]): string[] {
  const names = new Set([entityName]);
  for (const path of paths) {
    let entity = registry.entity(entityName);
    for (const step of path.split('.')) {
      names.add(`${entity.name}.${step}`);
      const relation = entity.relations[step];
      if (!relation) break;
      entity = registry.target(relation);
      names.add(entity.name);
    }
  }
  return [...names];
}
