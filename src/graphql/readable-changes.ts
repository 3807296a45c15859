/** Which changes a token may hear of: `read` opens all, other scopes those of the topics that name them. */
import type { ApiExtension, ChangeTopic } from './extension-parts.ts';

export type ReadableTopic = Pick<ChangeTopic, 'entity' | 'scopes'>;

const CORE_TOPICS: readonly ReadableTopic[] = [
  { entity: 'product', scopes: ['read:products'] },
  { entity: 'order', scopes: ['read:orders', 'read:orders:minimal'] },
  { entity: 'customer', scopes: ['read:customers'] },
];

export const changeTopics = ({ topics }: Pick<ApiExtension, 'topics'>): readonly ReadableTopic[] => [
  ...CORE_TOPICS,
  ...topics,
];

export type ReadableChanges =
  /** Undefined = all of them. */
  | { readonly ok: true; readonly entities: readonly string[] | undefined }
  | { readonly ok: false; readonly scopes: readonly string[] };

/** Who asks for nothing in particular gets what the token opens. */
export function readableChanges(
  topics: readonly ReadableTopic[],
  asked: readonly string[] | undefined,
  scopes: ReadonlySet<string>,
): ReadableChanges {
  if (scopes.has('read')) return { ok: true, entities: asked };
  const isOpen = (topic: ReadableTopic): boolean => topic.scopes?.some((scope) => scopes.has(scope)) ?? false;
  const closed = topics.filter((topic) => asked?.includes(topic.entity) && !isOpen(topic));
  if (closed.length > 0) return { ok: false, scopes: closed.map((topic) => topic.scopes?.[0] ?? 'read') };
  const open = topics.filter(isOpen).map(({ entity }) => entity);
  return open.length === 0 ? { ok: false, scopes: ['read'] } : { ok: true, entities: asked ?? open };
}

/** Those of `words` that name a topic, each once, and whether all do. */
export function namedTopics(
  topics: readonly ReadableTopic[],
  words: readonly (string | null)[],
): { readonly entities: readonly string[]; readonly all: boolean } {
  const entities = topics.map(({ entity }) => entity).filter((entity) => words.includes(entity));
  return { entities, all: words.every((word) => word !== null && entities.includes(word)) };
}
