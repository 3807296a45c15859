/** One thing that a document demands of a token. */

/** Met by all of `full`, or by any one of `own`. */
export type RequiredScopes = { readonly full: readonly string[]; readonly own: readonly string[] };

/** The scopes to name to a caller that lacks a demand's: the shop-worded one to those that live by them. */
export function lackingScopes(
  demand: RequiredScopes,
  scopes: ReadonlySet<string>,
): readonly string[] | undefined {
  if (demand.full.every((scope) => scopes.has(scope)) || demand.own.some((scope) => scopes.has(scope))) {
    return undefined;
  }
  const worded = [...scopes].some((scope) => scope.includes(':'));
  const [own] = demand.own;
  return worded && own !== undefined ? [own] : demand.full;
}
