/**
 * What a field of a document asks of the shop's rows, worked out once per document: the selection (which columns, which
 * relations), the reader that holds its compiled statements, and an estimate of its cost.
 */
import type { FieldNode, FragmentDefinitionNode, GraphQLResolveInfo, SelectionNode } from 'graphql';
import { Kind } from 'graphql';
import type { Entity } from '../../shop/entity.ts';
import type { Registry } from '../../shop/registry.ts';
import type { ListWants } from '../../shop/rows/list.ts';
import { prepareRows, type RowReader, type RowStore } from '../../shop/rows/rows.ts';
import type { Selection } from '../../shop/rows/select.ts';
import { VERSION_FIELD, versionColumns } from '../../shop/rows/version.ts';
import type { JudgedDocument } from './documents.ts';
import { GUESSED_LIST_LENGTH } from './limits.ts';

/** Rows of one entity that a field asks for. */
export type RowPlan = {
  readonly reader: RowReader;
  /** Objects in the response for each row, itself included, estimated. */
  readonly costPerRow: number;
};

export type ListPlan = RowPlan & {
  /** `missing`: what was named and not found. */
  readonly wants: ListWants & { readonly missing: boolean };
};

export type PlanDeps = { readonly store: RowStore; readonly registry: Registry };

/** What is kept of an operation of this document with these switches; the same field may be spread into several operations. */
export function keptFor<T>(
  { switches, mostKept }: Pick<JudgedDocument, 'switches' | 'mostKept'>,
  { operation, variableValues }: Pick<GraphQLResolveInfo, 'operation' | 'variableValues'>,
  kept: Map<string, T>,
  make: () => T,
): T {
  // What is null is refused, and shares nothing with what is false.
  const states = switches.map((name) => String(variableValues.coerced[name]));
  const key = `${operation.loc?.start ?? 0} ${states.join()}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.clear();
  const made = make();
  kept.set(key, made);
  return made;
}

/** Plans by all nodes of a field: of one in a fragment more may be asked in one place than in another. */
type Plans<P> = { plan?: P; readonly more: Map<FieldNode, Plans<P>> };

/** The plan of this field: made by `make` the first time that this document asks with these switches. */
export function planOf<P>(document: JudgedDocument, info: GraphQLResolveInfo, make: () => P): P {
  const none = (): Plans<P> => ({ more: new Map() });
  let plans = keptFor(document, info, document.plans, none) as Plans<P>;
  for (const node of info.fieldNodes) {
    const more = plans.more.get(node) ?? none();
    plans.more.set(node, more);
    plans = more;
  }
  plans.plan ??= make();
  return plans.plan;
}

/** The plan of a field whose type is an entity, or a list of it. */
export function rowPlan(needs: PlanDeps, entityName: string, info: GraphQLResolveInfo): RowPlan {
  return planFor(needs, entityName, info, info.fieldNodes);
}

/** The plan of a field whose type is a connection. */
export function listPlan(needs: PlanDeps, entityName: string, info: GraphQLResolveInfo): ListPlan {
  const asked = fieldsUnder(info, info.fieldNodes);
  const edges = fieldsUnder(info, asked.get('edges') ?? []);
  const page = fieldsUnder(info, asked.get('pageInfo') ?? []);
  const nodes = [...(asked.get('nodes') ?? []), ...(edges.get('node') ?? [])];
  const cursors = edges.has('cursor') || page.has('startCursor') || page.has('endCursor');
  const wants = {
    rows: asked.has('nodes') || asked.has('edges') || cursors,
    total: asked.has('totalCount'),
    more: page.has('hasNextPage'),
    cursors,
    missing: asked.has('missing'),
  };
  return { ...planFor(needs, entityName, info, nodes), wants };
}

function planFor(
  { store, registry }: PlanDeps,
  entityName: string,
  info: GraphQLResolveInfo,
  nodes: readonly FieldNode[],
): RowPlan {
  const selection = selectionOf(registry, registry.entity(entityName), info, nodes);
  return { reader: prepareRows(store, registry, selection), costPerRow: costOf(registry, selection) };
}

function selectionOf(
  registry: Registry,
  entity: Entity,
  info: GraphQLResolveInfo,
  nodes: readonly FieldNode[],
): Selection {
  const columns = new Set<string>();
  let keys = false;
  const relations: Selection['relations'][number][] = [];
  for (const [field, under] of fieldsUnder(info, nodes)) {
    const relation = entity.relations[field];
    for (const column of entity.derived?.[field] ?? []) columns.add(column);
    if (entity.columns[field]) columns.add(field);
    else if (field === VERSION_FIELD && entity.versioned) {
      for (const column of versionColumns(entity)) columns.add(column);
      keys = true;
    }
    if (relation)
      relations.push({ field, of: selectionOf(registry, registry.target(relation), info, under) });
  }
  return { entity: entity.name, columns: [...columns], relations, keys };
}

function costOf(registry: Registry, { entity, relations }: Selection): number {
  return relations.reduce((sum, { field, of }) => {
    const times = registry.entity(entity).relations[field]?.kind === 'many' ? GUESSED_LIST_LENGTH : 1;
    return sum + times * costOf(registry, of);
  }, 1);
}

/** The fields that stand below some fields, by name, whatever their aliases: several nodes of one name belong together. */
function fieldsUnder(info: GraphQLResolveInfo, nodes: readonly FieldNode[]): Map<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const visited = new Set<FragmentDefinitionNode>();
  const visit = (selection: SelectionNode): void => {
    if (isLeftOut(info, selection)) return;
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      const same = found.get(name);
      if (same) same.push(selection);
      else found.set(name, [selection]);
      return;
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      selection.selectionSet.selections.forEach(visit);
      return;
    }
    const fragment = info.fragments[selection.name.value];
    if (!fragment || visited.has(fragment)) return;
    visited.add(fragment);
    fragment.selectionSet.selections.forEach(visit);
  };
  for (const node of nodes) node.selectionSet?.selections.forEach(visit);
  return found;
}

function isLeftOut({ variableValues }: GraphQLResolveInfo, selection: SelectionNode): boolean {
  return (selection.directives ?? []).some(({ name, arguments: args }) => {
    if (name.value !== 'skip' && name.value !== 'include') return false;
    const value = args?.[0]?.value;
    const on =
      value?.kind === Kind.VARIABLE
        ? variableValues.coerced[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value;
    return name.value === 'skip' ? on : !on;
  });
}
