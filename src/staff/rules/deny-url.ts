/** `dtb_authority_role`: which admin pages an authority may not reach (EC-CUBE's AuthorityVoter). */

/**
 * Whether one of the member's `deny_url` values covers `path`, decoded, as the router read it. Each value is the rest of a
 * case-insensitive regular expression that begins with `/{adminRoute}`; one that does not compile is taken literally. It
 * is a prefix match: `/api` denies `/admin/api/oauth` and `/admin/apifoo`.
 */
export function isDenied(path: string, adminRoute: string, denyUrls: readonly string[]): boolean {
  return denyUrls.some((denyUrl) => pattern(adminRoute, denyUrl).test(path));
}

function pattern(adminRoute: string, denyUrl: string): RegExp {
  const prefix = RegExp.escape(`/${adminRoute}`);
  try {
    return new RegExp(`^(${prefix}${denyUrl})`, 'i');
  } catch {
    return new RegExp(`^(${prefix}${RegExp.escape(denyUrl)})`, 'i');
  }
}
