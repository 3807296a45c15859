/** One sending of the registration form makes one client, however often the browser sends it: double click, reload, lost answer. */

import type { Actor } from '../audit/origin.ts';
import { hmacBase64url, sha256Hex } from '../base/bytes.ts';
import { type ClientDeps, type NewCredentials, type Registered, registerClient } from './clients.ts';
import type { ClientSettings } from './rules/client-form.ts';
import { findClient } from './store/clients.ts';

const CLIENT_ID_LENGTH = 32; // hexadecimal digits

type Deps = ClientDeps & { readonly derivationKey: Uint8Array };

/**
 * Id and secret are drawn from what was sent and `formId`, which the page holds and no other page has; so what comes
 * again finds its own client, and shows the secret again. Other settings are another client.
 */
export async function registerOnce(
  deps: Deps,
  settings: ClientSettings,
  actor: Actor,
  formId: string,
): Promise<Registered> {
  const drawn = draw(deps.derivationKey, JSON.stringify([formId, actor.loginId, settings]));
  const before = await registered(deps, drawn);
  if (before) return before;
  try {
    return await registerClient(deps, settings, actor, drawn);
  } catch (error) {
    const meanwhile = await registered(deps, drawn);
    if (meanwhile) return meanwhile;
    throw error;
  }
}

const draw = (key: Uint8Array, seed: string): NewCredentials => ({
  clientId: sha256Hex(hmacBase64url(key, `client-id\n${seed}`)).slice(0, CLIENT_ID_LENGTH),
  secret: hmacBase64url(key, `client-secret\n${seed}`),
});

/** Without the secret when it is no longer one of the client's. */
async function registered(
  { store }: Deps,
  { clientId, secret }: NewCredentials,
): Promise<Registered | undefined> {
  const client = await findClient(store.db, clientId);
  if (!client) return undefined;
  const hash = sha256Hex(secret);
  return { client, secret: client.secrets.some((one) => one.hash === hash) ? secret : null };
}
