/** Opens the database that a URL names; from here on only `Store.kit` knows which of the three it is. */
import { type Dialect, Kysely } from 'kysely';
import type { DialectKit, OpenOptions } from './dialect/kit.ts';
import { mysql } from './dialect/mysql/mysql.ts';
import { postgres } from './dialect/postgres/postgres.ts';
import { sqlite } from './dialect/sqlite/sqlite.ts';
import { notingOutages } from './outage.ts';
import type { Tables } from './tables.ts';

/** A database or a transaction on it; every function of this room takes one of the two as its first argument. */
export type Db = Kysely<Tables>;

export type Store = { readonly db: Db; readonly kit: DialectKit; close(): Promise<void> };

const SCHEMES: Record<string, DialectKit> = {
  sqlite,
  postgres,
  postgresql: postgres,
  pgsql: postgres,
  mysql,
  mariadb: mysql,
  mysqli: mysql,
};

/** The kit for a URL, or undefined when the scheme is none of ours. */
const kitFor = (url: string): DialectKit | undefined => SCHEMES[url.slice(0, url.indexOf(':'))];

/** Which of the three a URL names, without opening it. */
export function databaseKind(url: string): DialectKit['name'] {
  const kit = kitFor(url);
  if (!kit) throw new Error(`unknown database scheme: ${url.split(':')[0]}`);
  return kit.name;
}

/** Why a URL cannot be opened, in words that go on from its name; undefined = it can. */
export function databaseUrlFault(url: string): string | undefined {
  const kit = kitFor(url);
  return kit ? kit.urlFault(url) : 'must begin with sqlite:, postgresql:// or mysql://';
}

/** Whether reads may go to a replica of what a URL names. */
export const hasReadReplicas = (url: string): boolean => kitFor(url)?.replication !== undefined;

export function openStore(
  url: string,
  options: OpenOptions = { poolSize: 10, statementTimeoutSeconds: 30 },
): Store {
  const kit = kitFor(url);
  if (!kit) throw new Error(`unknown database scheme: ${url.split(':')[0]}`);
  const watched = (dialect: Dialect): Dialect => notingOutages(dialect, kit);
  const db =
    kit.openDirect?.<Tables>(url, watched) ??
    new Kysely<Tables>({ dialect: watched(kit.open(url, options)) });
  return { db, kit, close: () => db.destroy() };
}
