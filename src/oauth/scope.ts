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
};

/** `dtb_authority.id` of システム管理者, the only authority that may approve clients. Zero is a real id. */
export const SYSTEM_ADMIN_AUTHORITY_ID = 0;

/** What opens part of the shop only; which part is said in graphql/scope-table.ts. */
export const SHOP_SCOPES = [
  'read:products',
  'read:orders',
  'read:customers',
  'write:stock',
  'write:shipping',
] as const;
export type ShopScope = (typeof SHOP_SCOPES)[number];

export const SCOPES = ['read', 'write', ...SHOP_SCOPES] as const;
export type Scope = (typeof SCOPES)[number];

// RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** The scope tokens of a space-separated list, each once, in order; undefined when the list is malformed. */
export function parseScope(text: string): string[] | undefined {
  if (text === '') return [];
  const tokens = text.split(' ');
  if (!tokens.every((token) => SCOPE_TOKEN.test(token))) return undefined;
  return [...new Set(tokens)];
}

export const isSubset = (asked: readonly string[], allowed: readonly string[]): boolean =>
  asked.every((scope) => allowed.includes(scope));
