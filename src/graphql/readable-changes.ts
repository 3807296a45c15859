/** Which changes a token may hear of: `read` opens all, the shop-worded scopes their own. */
import type { ShopScope } from '../oauth/scope.ts';
import type { FeedEntity } from '../store/feed-sources.ts';

const SCOPES: Readonly<Record<FeedEntity, ShopScope>> = {
  product: 'read:products',
  order: 'read:orders',
  customer: 'read:customers',
};

export const CHANGE_ENTITIES = Object.keys(SCOPES) as readonly FeedEntity[];

export type ReadableChanges =
  /** Undefined = all of them. */
  | { readonly kind: 'ok'; readonly entities: readonly FeedEntity[] | undefined }
  | { readonly kind: 'lacking'; readonly scopes: readonly string[] };

/** Who asks for nothing in particular gets what the token opens. */
export function readableChanges(
  asked: readonly FeedEntity[] | undefined,
  scopes: ReadonlySet<string>,
): ReadableChanges {
  if (scopes.has('read')) return { kind: 'ok', entities: asked };
  const open = CHANGE_ENTITIES.filter((entity) => scopes.has(SCOPES[entity]));
  const closed = (asked ?? []).filter((entity) => !open.includes(entity));
  if (closed.length > 0) return { kind: 'lacking', scopes: closed.map((entity) => SCOPES[entity]) };
  return open.length === 0 ? { kind: 'lacking', scopes: ['read'] } : { kind: 'ok', entities: asked ?? open };
}
