/** One thing that a document requires of a token. */

/** Met by all of `full`, or by any one of `own`. */
export type RequiredScopes = {
  readonly full: readonly string[];
  readonly own: readonly string[];
  /** The first thing in the document that requires it, as a schema coordinate; none for the operation as such. */
  readonly field?: string;
};

/** The scopes to name to a caller that lacks them: the shop-worded one to those that live by them. */
export function lackingScopes(
  required: RequiredScopes,
  scopes: ReadonlySet<string>,
): readonly string[] | undefined {
  if (required.full.every((scope) => scopes.has(scope)) || required.own.some((scope) => scopes.has(scope))) {
    return undefined;
  }
  const worded = [...scopes].some((scope) => scope.includes(':'));
  const [own] = required.own;
  return worded && own !== undefined ? [own] : required.full;
}
