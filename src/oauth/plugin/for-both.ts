/**
 * Refresh tokens while the way back to the plugin is open: in the plugin's own form, with a row in its table, so that either
 * program honours them, once. After a return the integration goes on with what it holds.
 */
import { createHmac } from 'node:crypto';
import { hmacBase64url, sha256Hex } from '../../base/bytes.ts';
import type { Writes } from '../../database/hot/deed.ts';
import type { Client } from '../rules/client.ts';
import { pluginRefreshText } from '../rules/plugin-token.ts';
import { issuesForBoth, whyNotInPlugin } from '../rules/takeover.ts';
import { newRefresh } from '../store/grants.ts';
import { newPluginRefresh, pluginTokenNote } from '../store/plugin-tokens.ts';
import type { TokenDeps } from '../token/token-deps.ts';
import type { PluginCrossing } from './bridge.ts';

const IDENTIFIER_BYTES = 40;
const SALT_BYTES = 32;
const IV_BYTES = 16;

type Deps = Pick<TokenDeps, 'store' | 'plugin' | 'derivationKey'>;

export type RefreshFacts = {
  readonly grantId: string;
  readonly loginId: string;
  /** Space-separated. */
  readonly scope: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** What the token is drawn from, with the installation's key: the same again gives the same. */
  readonly seed: string;
};

export type MadeRefresh = {
  readonly text: string;
  readonly hash: string;
  /** Its rows; to be written in the deed that takes what it follows. */
  save(): Writes;
};

/** A refresh token in the form that the state of a takeover asks for; without one in our own. */
export async function makeRefresh(deps: Deps, client: Client, facts: RefreshFacts): Promise<MadeRefresh> {
  const crossing = whyNotInPlugin(client) === undefined ? await deps.plugin.now() : undefined;
  return crossing && issuesForBoth(crossing.state)
    ? forBoth(deps, crossing, client, facts)
    : ownRefresh(deps, client, facts);
}

function* saveOwn({ store }: Deps, hash: string, { clientId }: Client, facts: RefreshFacts): Writes {
  const { grantId, createdAt, expiresAt } = facts;
  yield newRefresh(store.db, { tokenHash: hash, grantId, clientId, createdAt, expiresAt });
}

export function ownRefresh(deps: Deps, client: Client, facts: RefreshFacts): MadeRefresh {
  const text = hmacBase64url(deps.derivationKey, `refresh-token\n${facts.seed}`);
  const hash = sha256Hex(text);
  return { text, hash, save: () => saveOwn(deps, hash, client, facts) };
}

async function forBoth(
  deps: Deps,
  crossing: PluginCrossing,
  client: Client,
  facts: RefreshFacts,
): Promise<MadeRefresh> {
  const { clientId } = client;
  const { expiresAt, grantId } = facts;
  const identifier = drawn(deps, `identifier\n${facts.seed}`, IDENTIFIER_BYTES).toString('hex');
  const inside = pluginRefreshText({
    identifier,
    accessId: drawn(deps, `access\n${facts.seed}`, IDENTIFIER_BYTES).toString('hex'),
    clientId,
    loginId: facts.loginId,
    scopes: facts.scope.split(' '),
    expiresAt,
  });
  // One salt, so that the slow derivation is done once. The counter block belongs to this one text: another text under the
  // same seed gets another.
  const salt = drawn(deps, 'salt', SALT_BYTES);
  const text = await crossing.texts.encrypt(
    inside,
    salt,
    drawn(deps, `iv\n${facts.seed}\n${inside}`, IV_BYTES),
  );
  const hash = sha256Hex(text);
  return {
    text,
    hash,
    *save() {
      yield* saveOwn(deps, hash, client, facts);
      const { db, kit } = deps.store;
      yield newPluginRefresh(db, identifier, crossing.timeText(expiresAt));
      const token = { identifier, kind: 'refresh', tokenHash: hash, grantId, clientId, expiresAt } as const;
      yield pluginTokenNote(db, kit, token).compile();
    },
  };
}

const drawn = ({ derivationKey }: Deps, what: string, bytes: number): Buffer =>
  createHmac('sha512', derivationKey).update(`for the plugin, ${what}`).digest().subarray(0, bytes);
