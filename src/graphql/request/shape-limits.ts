/**
 * Measures a parsed document before it is validated: depth, aliases, number of fields. Fragments are measured once and
 * counted wherever they are spread, so that a few lines cannot stand for millions of fields.
 */
import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import type { ApiLimits } from './limits.ts';

/** One field of introspection answers with all types of the schema, or with all fields of a type. */
const INTROSPECTED: Readonly<Record<string, number>> = { __schema: 10, __type: 10 };

export type Size = { depth: number; aliases: number; fields: number };

const NOTHING: Size = { depth: 0, aliases: 0, fields: 0 };

/** The limit that a document of this size breaks, if any. */
export function brokenLimit(size: Size, limits: ApiLimits): 'depth' | 'aliases' | 'fields' | undefined {
  if (size.fields > limits.fields) return 'fields';
  if (size.aliases > limits.aliases) return 'aliases';
  return size.depth > limits.depth ? 'depth' : undefined;
}

export function sizeOf(document: DocumentNode): Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, Size>();
  const sizeOfFragment = (name: string): Size => {
    const found = known.get(name);
    if (found) return found;
    // Counts as itself while it is measured: a fragment that spreads itself is refused by validation.
    known.set(name, NOTHING);
    const fragment = fragments.get(name);
    const size = fragment ? sizeOfSet(fragment.selectionSet) : NOTHING;
    known.set(name, size);
    return size;
  };
  const sizeOfSet = (set: SelectionSetNode | undefined): Size => {
    const total = { ...NOTHING };
    for (const selection of set?.selections ?? []) {
      const size = sizeOfSelection(selection);
      total.depth = Math.max(total.depth, size.depth);
      total.aliases += size.aliases;
      total.fields += size.fields;
    }
    return total;
  };
  const sizeOfSelection = (selection: SelectionSetNode['selections'][number]): Size => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return sizeOfFragment(selection.name.value);
    const inner = sizeOfSet(selection.selectionSet);
    if (selection.kind === Kind.INLINE_FRAGMENT) return inner;
    return {
      depth: inner.depth + 1,
      aliases: inner.aliases + (selection.alias ? 1 : 0),
      fields: (inner.fields + 1) * (INTROSPECTED[selection.name.value] ?? 1),
    };
  };
  const sizes = document.definitions.map((definition) =>
    definition.kind === Kind.FRAGMENT_DEFINITION
      ? sizeOfFragment(definition.name.value)
      : sizeOfSet('selectionSet' in definition ? (definition.selectionSet as SelectionSetNode) : undefined),
  );
  return {
    depth: Math.max(0, ...sizes.map(({ depth }) => depth)),
    aliases: sizes.reduce((sum, { aliases }) => sum + aliases, 0),
    fields: sizes.reduce((sum, { fields }) => sum + fields, 0),
  };
}
