/** How the schema may change: what is new is told, and nothing goes that was not called deprecated a year before. */
import {
  BreakingChangeType,
  DangerousChangeType,
  findSchemaChanges,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

export type ChangeKind = 'added' | 'changed' | 'deprecated' | 'removed';

/** What docs/api-changelog.md says of one day. */
export type ChangelogDay = {
  readonly date: string;
  readonly names: Readonly<Record<ChangeKind, ReadonlySet<string>>>;
};

const HEADINGS: Readonly<Record<string, ChangeKind>> = {
  Added: 'added',
  Changed: 'changed',
  Deprecated: 'deprecated',
  Removed: 'removed',
  追加: 'added',
  変更: 'changed',
  非推奨: 'deprecated',
  削除: 'removed',
};

/** Days are headings of the second level, kinds of the third; what stands in backticks in a list is a name. */
export function readChangelog(markdown: string): ChangelogDay[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const names = { added: new Set(), changed: new Set(), deprecated: new Set(), removed: new Set() };
      for (const part of section.split(/^### /m).slice(1)) {
        const [heading = '', ...lines] = part.split('\n');
        const kind = HEADINGS[heading.trim()];
        if (!kind) throw new Error(`“${heading}” is no kind of change`);
        for (const [, name] of lines.join('\n').matchAll(/`([^`]+)`/g)) names[kind].add(name);
      }
      return { date: (section.split('\n')[0] ?? '').trim(), names: names as ChangelogDay['names'] };
    });
}

const REMOVALS: ReadonlySet<string> = new Set([
  BreakingChangeType.TYPE_REMOVED,
  BreakingChangeType.FIELD_REMOVED,
  BreakingChangeType.ARG_REMOVED,
  BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
]);
const BREAKING: ReadonlySet<string> = new Set([
  ...Object.values(BreakingChangeType).filter((type) => !REMOVALS.has(type)),
  DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
  DangerousChangeType.INPUT_FIELD_DEFAULT_VALUE_CHANGE,
]);

/** One sentence for each change that clients were not told of, or not early enough. */
export function evolutionFaults(
  before: GraphQLSchema,
  now: GraphQLSchema,
  days: readonly ChangelogDay[],
): string[] {
  const [old, present] = [coordinates(before), coordinates(now)];
  const added = [...present.keys()].filter((name) => !old.has(name) && !isBelow(name, old));
  const removed = [...old.keys()].filter((name) => !present.has(name) && !isBelow(name, present));
  const deprecated = [...present].filter(([, reason]) => reason !== undefined).map(([name]) => name);
  const breaking = findSchemaChanges(before, now).filter(({ type }) => BREAKING.has(type));
  return [
    ...added
      .filter((name) => !dayOf(days, 'added', name))
      .map((name) => `${name} is new and not named under “Added”`),
    ...deprecated
      .filter((name) => !dayOf(days, 'deprecated', name))
      .map((name) => `${name} is deprecated and not named under “Deprecated”`),
    ...removed.flatMap((name) => removalFault(days, name)),
    ...breaking.map(({ description }) => `${description} That breaks clients.`),
  ];
}

function removalFault(days: readonly ChangelogDay[], name: string): string[] {
  const [from, to] = [dayOf(days, 'deprecated', name), dayOf(days, 'removed', name)];
  if (!from || !to) return [`${name} is gone and not named under “Deprecated” and later under “Removed”`];
  const year = new Date(from);
  year.setUTCFullYear(year.getUTCFullYear() + 1);
  return Date.parse(to) < year.getTime() ? [`${name} went on ${to}, less than a year after ${from}`] : [];
}

const dayOf = (days: readonly ChangelogDay[], kind: ChangeKind, name: string): string | undefined =>
  days.find(({ names }) => [...names[kind]].some((told) => isMeant(told, name)))?.date;

/** `*` in the change log stands for any name: `Mutation.*(validateOnly:)`. */
export const isMeant = (told: string, name: string): boolean =>
  told === name ||
  (told.includes('*') && new RegExp(`^${told.split('*').map(RegExp.escape).join('\\w+')}$`).test(name));

/** A type comes and goes as a whole, a field with its arguments: those below are not told one by one. */
const isBelow = (name: string, known: ReadonlyMap<string, unknown>): boolean => {
  const type = name.split('.')[0] ?? '';
  const field = name.split('(')[0] ?? '';
  return (name !== type && !known.has(type)) || (name !== field && !known.has(field));
};

/** Schema coordinate → why it is deprecated. */
export function coordinates(schema: GraphQLSchema): Map<string, string | null | undefined> {
  const found = new Map<string, string | null | undefined>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    found.set(type.name, undefined);
    if (isObjectType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        found.set(`${type.name}.${field.name}`, field.deprecationReason ?? undefined);
        if ('args' in field)
          for (const one of field.args)
            found.set(`${type.name}.${field.name}(${one.name}:)`, one.deprecationReason ?? undefined);
      }
    }
    if (isEnumType(type))
      for (const value of type.getValues())
        found.set(`${type.name}.${value.name}`, value.deprecationReason ?? undefined);
  }
  return found;
}
