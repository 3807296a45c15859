import { expect, test } from 'vitest';
import { CLIENT_NAME_MAX, type ClientForm, judgeClientForm } from './client-form.ts';

const FORM: ClientForm = {
  name: ' 在庫くん ',
  redirectUris: 'https://client.example/cb\nhttps://client.example/cb2',
  scopes: ['write', 'read'],
  grantTypes: ['refresh_token', 'authorization_code'],
  type: 'confidential',
  pkce: '',
};

const errorsOf = (changes: Partial<ClientForm>) => {
  const verdict = judgeClientForm({ ...FORM, ...changes });
  return verdict.ok ? {} : verdict.errors;
};

test('a good form, in the order of the lists', () => {
  expect(judgeClientForm(FORM)).toMatchObject({
    ok: true,
    settings: {
      name: '在庫くん',
      redirectUris: ['https://client.example/cb', 'https://client.example/cb2'],
      scopes: ['read', 'write'],
      grantTypes: ['authorization_code', 'refresh_token'],
      isPublic: false,
      pkce: 'auto',
    },
  });
});

test('BCP-15: a public client requires PKCE, whatever was chosen', () => {
  expect(judgeClientForm({ ...FORM, type: 'public', pkce: 'optional' })).toMatchObject({
    ok: true,
    settings: { isPublic: true, pkce: 'required' },
  });
});

test('ADV-07: a client without a redirect URI is refused, so that no first comer names one', () => {
  for (const redirectUris of ['', ' \n,,'])
    expect(errorsOf({ redirectUris })).toEqual({ redirectUris: 'blank' });
});

test('each bad redirect URI is named with its fault', () => {
  expect(errorsOf({ redirectUris: 'https://client.example/cb, http://x.example/, *' })).toEqual({
    redirectUris: [
      { uri: 'http://x.example/', fault: 'http-not-loopback' },
      { uri: '*', fault: 'wildcard' },
    ],
  });
});

test.each<[Partial<ClientForm>, object]>([
  [{ name: ' ' }, { name: 'blank' }],
  [{ name: 'x'.repeat(CLIENT_NAME_MAX + 1) }, { name: 'tooLong' }],
  [{ name: 'Good\u202eApp' }, { name: 'invalid' }],
  [{ name: 'Good\u200bApp' }, { name: 'invalid' }],
  [{ name: 'a\u0000' }, { name: 'invalid' }],
  [{ scopes: [] }, { scopes: 'notChosen' }],
  [{ scopes: ['read', 'admin'] }, { scopes: 'invalid' }],
  [{ grantTypes: [] }, { grantTypes: 'notChosen' }],
  [{ grantTypes: ['password'] }, { grantTypes: 'invalid' }],
  [{ type: '' }, { type: 'notChosen' }],
  [{ pkce: 'learned' }, { pkce: 'invalid' }],
  [{ type: 'trusted' }, { type: 'invalid' }],
])('%j is refused at its field', (changes, errors) => {
  expect(errorsOf(changes)).toEqual(errors);
});
