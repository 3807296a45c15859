/** Which queries and mutations a shop can be served: those whose rows its database has (4.0–4.3 differ). */
import { specifiedScalarTypes } from 'graphql';
import type { Registry } from '../shop/registry.ts';
import type { Argument, OwnType } from './mutation.ts';

type Field = {
  /** In GraphQL's notation. */
  readonly type: string;
  readonly types?: readonly OwnType[];
  readonly args: Readonly<Record<string, Argument>>;
};

const SCALARS: ReadonlySet<string> = new Set([...specifiedScalarTypes.map(({ name }) => name), 'DateTime']);

/** Whether the field gives, and looks at, nothing that the shop lacks. */
export const isServed =
  ({ entities }: Registry) =>
  ({ type, types, args }: Field): boolean => {
    const known = new Set([
      ...SCALARS,
      ...entities.map(({ name }) => name),
      ...(types ?? []).map(({ name }) => name),
    ]);
    const crossed = Object.values(args).flatMap(({ crosses }) => crosses ?? []);
    return [type.replace(/[[\]!]/g, ''), ...crossed].every((name) => known.has(name));
  };
