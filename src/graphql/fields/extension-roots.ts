/** Root fields that an extension asks for, as searches: a list without conditions, in the order of any plain column. */
import type { Column, Entity } from '../../shop/entity.ts';
import type { Registry } from '../../shop/registry.ts';
import type { Search } from '../../shop/search/search.ts';
import type { EntityRoot } from '../extension-parts.ts';

/** Roots of entities that the shop lacks are left out. */
export function rootSearches(
  roots: readonly EntityRoot[],
  registry: Registry,
): { readonly one?: string; readonly search: Search }[] {
  return roots.flatMap(({ entity: name, one, many }) => {
    const entity = registry.entities.find((candidate) => candidate.name === name);
    if (!entity) return [];
    return [{ ...(one !== undefined && { one }), search: listOf(entity, many ?? '') }];
  });
}

function listOf(entity: Entity, name: string): Search {
  const sortable = Object.entries(entity.columns).filter(([, column]) => isSortable(column));
  const sortKeys = Object.fromEntries(sortable.map(([field]) => [field, field]));
  const key = Object.entries(entity.columns).find(([, column]) => column.key)?.[0] ?? 'id';
  const fields = entity.columns.update_date?.nullable === false ? ['update_date', key] : [key];
  const usual = fields.map((field) => ({ field, direction: 'desc' as const }));
  return { name, entity: entity.name, arguments: [], joins: [], sortKeys, usual };
}

const isSortable = ({ type, hidden }: Column): boolean => type !== 'text' && !hidden;
