/**
 * The ways of five things through the code, file by file: `npm run walks` prints them with the moves between rooms, as
 * docs/architecture.md shows them. Every file of a walk imports, or is imported by, one that comes before it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf, roomOf } from '../test/support/import-law.ts';

const SRC = join(import.meta.dirname, '../src');

export type Walk = {
  readonly name: string;
  /** Most moves from one room into another that the walk may make. */
  readonly mostMoves: number;
  readonly files: readonly string[];
};

export const WALKS: readonly Walk[] = [
  {
    name: 'POST /token with a code',
    mostMoves: 3,
    files: [
      'http/oauth-routes.ts',
      'oauth/rules/params.ts',
      'oauth/token/token.ts',
      'oauth/token/authenticate-client.ts',
      'oauth/store/clients.ts',
      'oauth/rules/client.ts',
      'oauth/token/redeem-code.ts',
      'oauth/store/codes.ts',
      'oauth/rules/grant-code.ts',
      'oauth/token/issue.ts',
      'oauth/rules/claims.ts',
      'oauth/keys/jwt.ts',
      'oauth/store/grants.ts',
      'audit/events.ts',
    ],
  },
  {
    name: 'GET and POST /{admin}/authorize',
    mostMoves: 4,
    files: [
      'admin/authorize/routes.ts',
      'admin/guards.ts',
      'oauth/authorize.ts',
      'oauth/rules/authorize-request.ts',
      'oauth/approve.ts',
      'oauth/store/authorization-requests.ts',
      'oauth/store/codes.ts',
      'audit/events.ts',
      'admin/authorize/consent.tsx',
      'admin/replies.ts',
    ],
  },
  {
    name: 'POST /{admin}/login',
    mostMoves: 6,
    files: [
      'admin/login/login-routes.ts',
      'staff/log-in.ts',
      'staff/rules/lock-out.ts',
      'staff/attempts.ts',
      'staff/store/throttle.ts',
      'staff/store/members.ts',
      'staff/rules/password.ts',
      'staff/session.ts',
      'staff/store/sessions.ts',
      'staff/store/login-records.ts',
      'audit/events.ts',
      'admin/replies.ts',
    ],
  },
  {
    name: 'an argument of POST /api',
    mostMoves: 4,
    files: [
      'http/api-route.ts',
      'http/api-refusal.ts',
      'oauth/token/principal.ts',
      'oauth/keys/jwt.ts',
      'oauth/store/grants.ts',
      'graphql/api.ts',
      'graphql/request/execute.ts',
      'graphql/request/documents.ts',
      'graphql/execution/run-operation.ts',
      'graphql/schema.ts',
      'graphql/fields/list-field.ts',
      'graphql/request/plan.ts',
      'graphql/fields/list-arguments.ts',
      'shop/search/read.ts',
      'shop/search/fit.ts',
      'shop/rows/rows.ts',
      'shop/rows/list.ts',
      'shop/rows/condition.ts',
      'shop/rows/statement.ts',
    ],
  },
  {
    name: 'a changed row of the shop',
    mostMoves: 3,
    files: [
      'database/feed-sources.ts',
      'feed/store/triggers.ts',
      'feed/store/feed.ts',
      'feed/sequence.ts',
      'feed/aggregate.ts',
      'webhook/plan.ts',
      'webhook/body.ts',
      'webhook/store/deliveries.ts',
      'webhook/deliver.ts',
      'webhook/outcome.ts',
      'outbound/post.ts',
    ],
  },
];

/** How often the walk goes from a file into one of another room. */
export const movesOf = ({ files }: Walk): number =>
  files.filter((file, place) => place > 0 && roomOf(file) !== roomOf(files[place - 1] ?? '')).length;

/** Files that no file before them imports, nor they it; of a true walk none. */
export function strayFiles({ files }: Walk): string[] {
  const imported = files.map((file) => importsOf(file, readFileSync(join(SRC, file), 'utf8')));
  return files.filter(
    (file, place) =>
      place > 0 &&
      !files
        .slice(0, place)
        .some((before, at) => imported[at]?.includes(file) || imported[place]?.includes(before)),
  );
}

/** A line for each walk as the document shows it: `http/oauth-routes → oauth/rules/params → …`. */
export const walkText = (walk: Walk): string =>
  `${walk.name}: ${walk.files.length} files, ${movesOf(walk)} moves between rooms\n` +
  runs(walk.files)
    .map(({ files }) => `  ${files.map((file) => file.replace(/\.tsx?$/, '')).join(' → ')}`)
    .join('\n');

/** Neighbours of one room together. */
function runs(files: readonly string[]): { room: string | undefined; files: string[] }[] {
  const all: { room: string | undefined; files: string[] }[] = [];
  for (const file of files) {
    const last = all.at(-1);
    if (last && last.room === roomOf(file)) last.files.push(file);
    else all.push({ room: roomOf(file), files: [file] });
  }
  return all;
}

if (import.meta.main) console.log(WALKS.map(walkText).join('\n\n'));
