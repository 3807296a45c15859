/** The client form between the wire, the rule that judges it, and the page that shows it again. */
import { type Client, defaultPolicies } from '../../oauth/rules/client.ts';
import type { ClientForm } from '../../oauth/rules/client-form.ts';
import { type PolicyForm, policyFormOf } from '../../oauth/rules/policy-form.ts';
import type { Form } from '../form.ts';
import type { ClientFormValues } from './client-fields.tsx';

export const readClientForm = (form: Form): ClientForm => ({
  name: form.text('name'),
  redirectUris: form.text('redirect_uris'),
  scopes: form.all('scopes'),
  grantTypes: form.all('grants'),
  type: form.text('client_type'),
  pkce: form.text('pkce'),
  ...readPolicies(form),
});

/** A form without the advanced section (its radio buttons always send something) leaves the policies alone. */
function readPolicies(form: Form): { policies?: PolicyForm } {
  if (form.all('token_profile').length === 0) return {};
  return {
    policies: {
      accessSeconds: form.text('access_seconds'),
      refreshIdleSeconds: form.text('refresh_idle_seconds'),
      refreshAbsoluteSeconds: form.text('refresh_absolute_seconds'),
      authMethods: form.all('auth_methods'),
      tokenProfile: form.text('token_profile'),
      jwks: form.text('jwks'),
      jwksUri: form.text('jwks_uri'),
      resourceServer: form.text('resource_server') === '1',
      costPerMinute: form.text('cost_per_minute'),
    },
  };
}

export const valuesOf = (form: ClientForm): ClientFormValues => ({
  name: form.name,
  redirectUris: form.redirectUris,
  scopes: form.scopes,
  grantTypes: form.grantTypes,
  type: form.type === 'public' ? 'public' : 'confidential',
  pkce: form.pkce || 'auto',
  policies: form.policies ?? policyFormOf(defaultPolicies(false)),
});

export const formOfClient = (client: Client): ClientForm => ({
  name: client.name,
  redirectUris: client.redirectUris.join('\n'),
  scopes: client.scopes,
  grantTypes: client.grantTypes,
  type: client.isPublic ? 'public' : 'confidential',
  pkce: client.pkce === 'learned' ? 'auto' : client.pkce,
  policies: policyFormOf(client.policies),
});
