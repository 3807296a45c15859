/** The registration form's judgement, with its faults named as the options are. */
import { en } from '../admin/i18n/en.ts';
import {
  CLIENT_NAME_MAX,
  type ClientForm,
  type ClientFormErrors,
  type ClientSettings,
  judgeClientForm,
} from '../oauth/client-form.ts';
import { Refused } from './failure.ts';

/** What may be registered; a refusal that names every fault otherwise. */
export function judgedSettings(form: ClientForm, scopes: readonly string[]): ClientSettings {
  const verdict = judgeClientForm(form, scopes);
  if (!verdict.ok) throw new Refused(faultsOf(verdict.errors, form, scopes).join(' '));
  return verdict.settings;
}

function faultsOf(errors: ClientFormErrors, form: ClientForm, offered: readonly string[]): string[] {
  const { blank, tooLong, invalid } = en.fieldErrors;
  const { name, redirectUris, scopes, grants, ...others } = errors;
  const faults: string[] = [];
  if (name) faults.push(`--name: ${{ blank, tooLong: tooLong(CLIENT_NAME_MAX), invalid }[name]}`);
  if (redirectUris === 'blank')
    faults.push('--redirect-uri: the authorization_code grant needs one at least.');
  else
    faults.push(...(redirectUris ?? []).map(({ uri, fault }) => `${uri}: ${en.redirectUriReasons[fault]}`));
  if (scopes) faults.push(`--scope: “${form.scopes.join(' ')}” is not made of ${offered.join(', ')}.`);
  if (grants) faults.push(`--grant: ${en.fieldErrors[grants]}`);
  faults.push(...Object.keys(others).map((field) => `${field}: ${invalid}`));
  return faults;
}
