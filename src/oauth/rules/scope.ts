/**
 * Scopes as words, sets and meaning (RFC 6749 §3.3). Knows no GraphQL: which scope opens which field is said beside the schema.
 */

/** Who is calling `/api`, and with what. */
export type Principal = {
  readonly clientId: string;
  readonly grantId: string;
  readonly jti: string;
  /** The member who approved; null when the client acts as itself. */
  readonly memberId: number | null;
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  /** Cost points that its client may spend a minute; null or absent = the installation's own. */
  readonly costPerMinute?: number | null;
  /** A member tries something out on a page of ours: no use of the API by the shop's apps. */
  readonly isSystem?: boolean;
};

/** `dtb_authority.id` of システム管理者, the only authority that may approve clients. Zero is a real id. */
export const SYSTEM_ADMIN_AUTHORITY_ID = 0;

/** What opens part of the shop only; which part is said in graphql/scope-table.ts. */
export const SHOP_SCOPES = [
  'read:products',
  'read:orders',
  'read:orders:minimal',
  'read:customers',
  'write:stock',
  'write:shipping',
  'write:products',
  'write:orders',
  'write:customers',
  'webhooks',
] as const;
export type ShopScope = (typeof SHOP_SCOPES)[number];

export const SCOPES = ['read', 'write', ...SHOP_SCOPES] as const;
export type Scope = (typeof SCOPES)[number];

// RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * The scope tokens of a space-separated list, each once, in order; undefined when one is malformed. A blank too many, before,
 * between or behind, means nothing, as in the plugin.
 */
export function parseScope(text: string): string[] | undefined {
  const tokens = text.split(' ').filter((token) => token !== '');
  if (!tokens.every((token) => SCOPE_TOKEN.test(token))) return undefined;
  return [...new Set(tokens)];
}

/** Of EC-CUBE's own things `read` opens all that the scopes of its parts open; what an extension brings stands for itself. */
const PARTS_OF_READ: readonly string[] = SHOP_SCOPES.filter((scope) => scope.startsWith('read:'));

const MINIMAL = ':minimal';

/** Whether who is allowed these scopes may be given this one. `read:orders` holds `read:orders:minimal`. */
export const isWithin = (scope: string, allowed: readonly string[]): boolean =>
  allowed.includes(scope) ||
  (PARTS_OF_READ.includes(scope) &&
    (allowed.includes('read') ||
      (scope.endsWith(MINIMAL) && allowed.includes(scope.slice(0, -MINIMAL.length)))));

/**
 * RFC 6749 §3.3: what is asked for beyond `allowed` is left out, and the answer says what is left. Undefined when nothing
 * is, and when the list is malformed or holds a scope that no one knows: a slip of the pen should be noticed.
 */
export function narrowScope(
  asked: string,
  allowed: readonly string[],
  known: readonly string[],
): readonly string[] | undefined {
  const tokens = parseScope(asked);
  if (!tokens?.every((token) => known.includes(token) || allowed.includes(token))) return undefined;
  const left = tokens.filter((token) => isWithin(token, allowed));
  return left.length > 0 ? left : undefined;
}
