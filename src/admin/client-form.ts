/** The client form between the wire, the rule that judges it, and the page that shows it again. */
import type { Client } from '../oauth/client.ts';
import type { ClientForm } from '../oauth/client-form.ts';
import type { Form } from './form.ts';
import type { ClientFormValues } from './pages/client-fields.tsx';

export const readClientForm = (form: Form): ClientForm => ({
  name: form.text('name'),
  redirectUris: form.text('redirect_uris'),
  scopes: form.all('scopes'),
  grants: form.all('grants'),
  type: form.text('client_type'),
  pkceRequired: form.text('pkce_required') === '1',
});

export const valuesOf = (form: ClientForm): ClientFormValues => ({
  name: form.name,
  redirectUris: form.redirectUris,
  scopes: form.scopes,
  grants: form.grants,
  type: form.type === 'public' ? 'public' : 'confidential',
  pkceRequired: form.pkceRequired,
});

export const formOfClient = (client: Client): ClientForm => ({
  name: client.name,
  redirectUris: client.redirectUris.join('\n'),
  scopes: client.scopes,
  grants: client.grants,
  type: client.isPublic ? 'public' : 'confidential',
  pkceRequired: client.pkceRequired,
  policies: client.policies,
});
