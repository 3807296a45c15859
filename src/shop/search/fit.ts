/** Fits a search to a shop that lacks columns or tables: arguments and sort keys that need them are left out. */

import type { Registry } from '../registry.ts';
import { resolveField } from './field.ts';
import type { Search, SearchArgument } from './search.ts';

export function fittedSearch(search: Search, registry: Registry): Search {
  const has = (path: string): boolean => isField(registry, search.entity, path);
  const leads = (way: readonly string[]): boolean => isWay(registry, search.entity, way);
  const isUsable = (argument: SearchArgument): boolean =>
    argumentFields(argument).every(has) &&
    leads('some' in argument ? (argument.some ?? []) : []) &&
    (!('among' in argument) || registry.entities.some(({ name }) => name === argument.among));
  return {
    ...search,
    arguments: search.arguments.filter(isUsable),
    ...(search.lookUps && {
      lookUps: search.lookUps.filter(({ by }) => typeof by === 'string' || has(by.field)),
    }),
    joins: search.joins.filter(({ relation }) => leads([relation])),
    sortKeys: Object.fromEntries(Object.entries(search.sortKeys).filter(([, field]) => has(field))),
  };
}

function argumentFields(argument: SearchArgument): string[] {
  if (argument.kind === 'keyword') return [argument.id, ...argument.places.flatMap(({ fields }) => fields)];
  return 'fields' in argument ? [...argument.fields] : [argument.field];
}

function isField(registry: Registry, entityName: string, path: string): boolean {
  const steps = path.split('.');
  if (!isWay(registry, entityName, steps.slice(0, -1))) return false;
  try {
    resolveField(registry, entityName, path);
    return true;
  } catch {
    return false;
  }
}

function isWay(registry: Registry, entityName: string, way: readonly string[]): boolean {
  let from = registry.entity(entityName);
  for (const step of way) {
    const relation = from.relations[step];
    if (!relation) return false;
    from = registry.target(relation);
  }
  return true;
}
