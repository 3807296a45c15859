/** The registration form's judgement, with its faults named as the options are. */
import { en } from '../../admin/i18n/en/messages.ts';
import {
  CLIENT_NAME_MAX,
  type ClientForm,
  type ClientFormErrors,
  type ClientSettings,
  judgeClientForm,
} from '../../oauth/rules/client-form.ts';
import {
  COST_PER_MINUTE,
  LIFETIME_SECONDS,
  LIFETIMES,
  type PolicyErrors,
} from '../../oauth/rules/policy-form.ts';
import { CommandError } from '../failure.ts';
import { LIFETIME_OPTIONS } from './policies.ts';

/** What may be registered; a refusal that names every fault otherwise. */
export function judgedSettings(form: ClientForm, scopes: readonly string[]): ClientSettings {
  const verdict = judgeClientForm(form, scopes);
  if (!verdict.ok) throw new CommandError(faultsOf(verdict.errors, form, scopes).join(' '));
  return verdict.settings;
}

function faultsOf(errors: ClientFormErrors, form: ClientForm, offered: readonly string[]): string[] {
  const { blank, tooLong, invalid } = en.fieldErrors;
  const { name, redirectUris, scopes, grantTypes, policies, ...others } = errors;
  const faults: string[] = [];
  if (name) faults.push(`--name: ${{ blank, tooLong: tooLong(CLIENT_NAME_MAX), invalid }[name]}`);
  if (redirectUris === 'blank')
    faults.push('--redirect-uri: the authorization_code grant needs one at least.');
  else
    faults.push(...(redirectUris ?? []).map(({ uri, fault }) => `${uri}: ${en.redirectUriReasons[fault]}`));
  if (scopes) faults.push(`--scope: “${form.scopes.join(' ')}” is not made of ${offered.join(', ')}.`);
  if (grantTypes) faults.push(`--grant: ${en.fieldErrors[grantTypes]}`);
  faults.push(...policyFaults(policies ?? {}));
  faults.push(...Object.keys(others).map((field) => `${field}: ${invalid}`));
  return faults;
}

function policyFaults({
  authMethods,
  tokenProfile,
  jwks,
  jwksUri,
  costPerMinute,
  ...lifetimes
}: PolicyErrors): string[] {
  const { notInRange, costNotInRange, keyFaults, uriFaults } = en.policies;
  const faults = LIFETIMES.filter((lifetime) => lifetimes[lifetime]).map((lifetime) => {
    const { min, max } = LIFETIME_SECONDS[lifetime];
    return `${LIFETIME_OPTIONS[lifetime]}: ${notInRange(String(min), String(max))}`;
  });
  if (costPerMinute)
    faults.push(`--quota: ${costNotInRange(`${COST_PER_MINUTE.min}`, `${COST_PER_MINUTE.max}`)}`);
  if (authMethods) faults.push(`--auth-method: ${en.fieldErrors[authMethods]}`);
  if (tokenProfile) faults.push(`--token-profile: ${en.fieldErrors[tokenProfile]}`);
  if (jwks) faults.push(`--jwks-file: ${keyFaults[jwks]}`);
  if (jwksUri) faults.push(`--jwks-uri: ${uriFaults[jwksUri]}`);
  return faults;
}
