/** Clients that ask for more than the plain flow: lifetimes, keys, ways to authenticate, token profile. */

import { changeClient, registerClient } from '../../../src/oauth/clients.ts';
import { defaultPolicies } from '../../../src/oauth/rules/client.ts';
import { type ClientSettings, judgeClientForm } from '../../../src/oauth/rules/client-form.ts';
import { type PolicyForm, policyFormOf } from '../../../src/oauth/rules/policy-form.ts';
import { CALLBACK, type ClientWish, type OAuthServer, type TestClient } from '../../support/oauth-server.ts';

export type PolicyWish = ClientWish & { readonly policies?: Partial<PolicyForm> };

export const NOBODY = { loginId: null, clientIp: null, requestId: null };

function settingsOf(wish: PolicyWish): ClientSettings {
  const isPublic = wish.isPublic ?? false;
  const verdict = judgeClientForm({
    name: wish.name ?? '在庫くん',
    redirectUris: (wish.redirectUris ?? [CALLBACK]).join('\n'),
    scopes: wish.scopes ?? ['read', 'write'],
    grantTypes: wish.grantTypes ?? ['authorization_code', 'refresh_token'],
    type: isPublic ? 'public' : 'confidential',
    pkce: wish.pkce ?? 'optional',
    policies: { ...policyFormOf(defaultPolicies(isPublic)), ...wish.policies },
  });
  if (!verdict.ok) throw new Error(`the client is refused: ${JSON.stringify(verdict.errors)}`);
  return verdict.settings;
}

export async function policyClient(server: OAuthServer, wish: PolicyWish): Promise<TestClient> {
  const made = await registerClient(server.services.clients, settingsOf(wish), NOBODY);
  return { clientId: made.client.clientId, secret: made.secret ?? '' };
}

/** Puts these settings in the place of what the client had. */
export const resettle = (server: OAuthServer, client: TestClient, wish: PolicyWish): Promise<boolean> =>
  changeClient(server.services.clients, client.clientId, settingsOf(wish), NOBODY);

/** A client that acts as itself. */
export const machine = (server: OAuthServer, wish: PolicyWish = {}): Promise<TestClient> =>
  policyClient(server, { grantTypes: ['client_credentials'], redirectUris: [], ...wish });
