/**
 * Refresh tokens while the way back to the plugin is open: in the plugin's own form, with a row in its table, so that either
 * program honours them, once. After a return the integration goes on with what it holds.
 */
import { createHmac } from 'node:crypto';
import { hmacBase64url, sha256Hex } from '../../base/bytes.ts';
import type { Db } from '../../database/open.ts';
import type { Client } from '../rules/client.ts';
import { pluginRefreshText } from '../rules/plugin-token.ts';
import { issuesForBoth, whyNotInPlugin } from '../rules/takeover.ts';
import { insertRefresh } from '../store/grants.ts';
import { insertPluginRefresh, notePluginToken } from '../store/plugin-tokens.ts';
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
  /** Writes its rows; call it in the transaction that takes what it follows. */
  save(tx: Db): Promise<void>;
};

/** A refresh token in the form that the state of a takeover asks for; without one in our own. */
export async function makeRefresh(deps: Deps, client: Client, facts: RefreshFacts): Promise<MadeRefresh> {
  const crossing = whyNotInPlugin(client) === undefined ? await deps.plugin.now() : undefined;
  return crossing && issuesForBoth(crossing.state)
    ? forBoth(deps, crossing, client, facts)
    : ownRefresh(deps, client, facts);
}

const saveOwn = (tx: Db, hash: string, { clientId }: Client, facts: RefreshFacts): Promise<void> =>
  insertRefresh(tx, {
    tokenHash: hash,
    grantId: facts.grantId,
    clientId,
    createdAt: facts.createdAt,
    expiresAt: facts.expiresAt,
  });

export function ownRefresh({ derivationKey }: Deps, client: Client, facts: RefreshFacts): MadeRefresh {
  const text = hmacBase64url(derivationKey, `refresh-token\n${facts.seed}`);
  const hash = sha256Hex(text);
  return { text, hash, save: (tx) => saveOwn(tx, hash, client, facts) };
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
    save: async (tx) => {
      await saveOwn(tx, hash, client, facts);
      await insertPluginRefresh(tx, identifier, crossing.timeText(expiresAt));
      const { kit } = deps.store;
      await notePluginToken(tx, kit, {
        identifier,
        kind: 'refresh',
        tokenHash: hash,
        grantId,
        clientId,
        expiresAt,
      });
    },
  };
}

const drawn = ({ derivationKey }: Deps, what: string, bytes: number): Buffer =>
  createHmac('sha512', derivationKey).update(`for the plugin, ${what}`).digest().subarray(0, bytes);
