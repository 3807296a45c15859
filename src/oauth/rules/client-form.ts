/** Judges what someone wants to register, the same from the page and from the command line. */
import { type ClientPolicies, defaultPolicies, GRANT_TYPES } from './client.ts';
import { PKCE_CHOICES, type PkceChoice, type PkceSetting } from './pkce.ts';
import { judgePolicyForm, type PolicyErrors, type PolicyForm, type PolicyVerdict } from './policy-form.ts';
import { registrationFault, splitUris, type UriFault } from './redirect-uri.ts';
import { SCOPES } from './scope.ts';

export const CLIENT_NAME_MAX = 128; // characters

export type ClientSettings = {
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
  readonly isPublic: boolean;
  readonly pkce: PkceSetting;
  readonly policies: ClientPolicies;
};

export type ClientForm = {
  readonly name: string;
  /** As typed: one a line, or commas. */
  readonly redirectUris: string;
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
  readonly type: string;
  /** A `PkceChoice`; '' = `auto`. */
  readonly pkce: string;
  /** Left out: the policies of a client that asks for nothing more. */
  readonly policies?: PolicyForm;
};

export type RedirectUriError = { readonly uri: string; readonly fault: UriFault };

export type ClientFormErrors = {
  name?: 'blank' | 'tooLong' | 'invalid';
  redirectUris?: 'blank' | readonly RedirectUriError[];
  scopes?: 'notChosen' | 'invalid';
  grantTypes?: 'notChosen' | 'invalid' | 'publicUnattended';
  type?: 'notChosen' | 'invalid';
  pkce?: 'invalid';
  policies?: PolicyErrors;
};

export type FormVerdict = { ok: true; settings: ClientSettings } | { ok: false; errors: ClientFormErrors };

/** `offered`: the scopes that there are; extensions bring more. */
export function judgeClientForm(form: ClientForm, offered: readonly string[] = SCOPES): FormVerdict {
  const errors: ClientFormErrors = {};
  const name = form.name.trim();
  const isPublic = form.type === 'public';
  const nameError = judgeName(name);
  if (nameError) errors.name = nameError;
  if (form.type !== 'public' && form.type !== 'confidential')
    errors.type = form.type === '' ? 'notChosen' : 'invalid';
  const uriErrors = judgeUris(form, isPublic);
  if (uriErrors) errors.redirectUris = uriErrors;
  const scopes = judgeChoice(form.scopes, offered);
  if (scopes) errors.scopes = scopes;
  const grantTypes = judgeGrantTypes(form.grantTypes, isPublic);
  if (grantTypes) errors.grantTypes = grantTypes;
  const pkce = judgePkce(form, isPublic);
  if (pkce === undefined) errors.pkce = 'invalid';
  const judged = judgePolicies(form, isPublic);
  if (!judged.ok) errors.policies = judged.errors;
  if (!judged.ok || pkce === undefined || Object.keys(errors).length > 0) return { ok: false, errors };
  const redirectUris = splitUris(form.redirectUris);
  const settings = {
    name,
    isPublic,
    redirectUris,
    scopes: inOrder(form.scopes, offered),
    grantTypes: inOrder(form.grantTypes, GRANT_TYPES),
    pkce,
  };
  return { ok: true, settings: { ...settings, policies: judged.policies } };
}

/** Undefined for a word that is no choice. */
const judgePkce = ({ pkce }: ClientForm, isPublic: boolean): PkceChoice | undefined =>
  isPublic ? 'required' : PKCE_CHOICES.find((choice) => choice === (pkce || 'auto'));

const judgePolicies = ({ policies }: ClientForm, isPublic: boolean): PolicyVerdict =>
  policies ? judgePolicyForm(policies, isPublic) : { ok: true, policies: defaultPolicies(isPublic) };

const inOrder = (chosen: readonly string[], offered: readonly string[]): string[] =>
  offered.filter((one) => chosen.includes(one));

function judgeName(name: string): ClientFormErrors['name'] {
  if (name === '') return 'blank';
  if (name.length > CLIENT_NAME_MAX) return 'tooLong';
  // Invisible and direction-changing characters could make one client look like another on the consent page.
  return /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(name) ? 'invalid' : undefined;
}

function judgeUris(form: ClientForm, isPublic: boolean): ClientFormErrors['redirectUris'] {
  const uris = splitUris(form.redirectUris);
  const errors = uris.flatMap((uri): RedirectUriError[] => {
    const fault = registrationFault(uri, isPublic);
    return fault ? [{ uri, fault }] : [];
  });
  if (errors.length > 0) return errors;
  // A client that sends browsers here must have somewhere to send them back to (CVE-2024-52289).
  const needed = form.grantTypes.includes('authorization_code') || form.grantTypes.length === 0;
  return needed && uris.length === 0 ? 'blank' : undefined;
}

/** A public client cannot prove who it is, so it cannot act as itself (RFC 6749 §4.4). */
const judgeGrantTypes = (grantTypes: readonly string[], isPublic: boolean) =>
  judgeChoice(grantTypes, GRANT_TYPES) ??
  (isPublic && grantTypes.includes('client_credentials') ? 'publicUnattended' : undefined);

function judgeChoice(
  chosen: readonly string[],
  offered: readonly string[],
): 'notChosen' | 'invalid' | undefined {
  if (chosen.length === 0) return 'notChosen';
  return chosen.every((one) => offered.includes(one)) ? undefined : 'invalid';
}
