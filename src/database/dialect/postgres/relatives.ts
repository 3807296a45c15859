/** Servers that speak PostgreSQL's protocol and are another database: what Tegata needs of PostgreSQL and they lack (docs/databases.md). */

/** The server is none that Tegata keeps its promises on. */
export class OtherServerError extends Error {}

const RELATIVES: readonly { readonly name: string; readonly version: RegExp; readonly lacks: string }[] = [
  {
    name: 'CockroachDB',
    version: /^CockroachDB\b/,
    lacks: 'row addresses (ctid), LOCK TABLE and session settings',
  },
  {
    name: 'YugabyteDB',
    version: /-YB-/,
    lacks: 'row addresses (ctid), LOCK TABLE and schema changes in transactions',
  },
];

/** `version`: what `version()` answers. undefined = it is PostgreSQL, or something that is taken for it. */
export function otherServerFault(version: string): string | undefined {
  const relative = RELATIVES.find((one) => one.version.test(version));
  if (!relative) return undefined;
  const { name, lacks } = relative;
  return `the server of DATABASE_URL is ${name}, which lacks ${lacks}; Tegata needs PostgreSQL itself (docs/databases.md)`;
}
