/** Judges what someone wants a client to have for itself: lifetimes, authentication, token profile, keys, quota. */
import {
  AUTH_METHODS,
  type AuthMethod,
  type ClientPolicies,
  defaultPolicies,
  TOKEN_PROFILES,
} from './client.ts';
import { KEYS_MAX, type KeyFault, keyFault } from './client-jwks.ts';

const DAY = 86_400;

/** What a lifetime may be, in seconds; access tokens as `TEGATA_ACCESS_TOKEN_TTL`. */
export const LIFETIME_SECONDS = {
  accessSeconds: { min: 60, max: DAY },
  refreshIdleSeconds: { min: 60, max: 366 * DAY },
  refreshAbsoluteSeconds: { min: 60, max: 3660 * DAY },
} as const;

export type Lifetime = keyof typeof LIFETIME_SECONDS;
export const LIFETIMES = ['accessSeconds', 'refreshIdleSeconds', 'refreshAbsoluteSeconds'] as const;

/** What a client's quota may be, in cost points a minute. */
export const COST_PER_MINUTE = { min: 60, max: 1_000_000_000 } as const;

const JWKS_MAX = 20_000; // characters
const URI_MAX = 2000; // characters

/** As typed. */
export type PolicyForm = Readonly<Record<Lifetime, string>> & {
  readonly authMethods: readonly string[];
  readonly tokenProfile: string;
  readonly jwks: string;
  readonly jwksUri: string;
  readonly resourceServer: boolean;
  /** Cost points; '' = the installation's own. */
  readonly costPerMinute: string;
};

export type KeysFault =
  | 'notJson'
  | 'noKeys'
  | 'tooManyKeys'
  | KeyFault
  | 'tooLong'
  /** `private_key_jwt` was chosen, and there is neither a key set nor an address. */
  | 'needed'
  /** Only one of key set and address may be given. */
  | 'both';

export type PolicyErrors = Partial<Record<Lifetime | 'costPerMinute', 'notInRange'>> & {
  authMethods?: 'notChosen' | 'invalid';
  tokenProfile?: 'invalid';
  jwks?: KeysFault;
  jwksUri?: 'notHttps' | 'tooLong';
};

export type PolicyVerdict = { ok: true; policies: ClientPolicies } | { ok: false; errors: PolicyErrors };

export const policyFormOf = (policies: ClientPolicies): PolicyForm => ({
  accessSeconds: typed(policies.accessSeconds),
  refreshIdleSeconds: typed(policies.refreshIdleSeconds),
  refreshAbsoluteSeconds: typed(policies.refreshAbsoluteSeconds),
  authMethods: policies.authMethods,
  tokenProfile: policies.tokenProfile,
  jwks: policies.jwks ?? '',
  jwksUri: policies.jwksUri ?? '',
  resourceServer: policies.resourceServer,
  costPerMinute: typed(policies.costPerMinute),
});

const typed = (number: number | null): string => (number === null ? '' : String(number));

/** A public client has no choice of authentication, no keys, and introspects nothing: it cannot prove who it is. */
export function judgePolicyForm(form: PolicyForm, isPublic: boolean): PolicyVerdict {
  const errors: PolicyErrors = {};
  for (const lifetime of LIFETIMES)
    if (!inRange(form[lifetime], LIFETIME_SECONDS[lifetime])) errors[lifetime] = 'notInRange';
  if (!inRange(form.costPerMinute, COST_PER_MINUTE)) errors.costPerMinute = 'notInRange';
  const tokenProfile = TOKEN_PROFILES.find((profile) => profile === form.tokenProfile);
  if (!tokenProfile) errors.tokenProfile = 'invalid';
  if (!isPublic) Object.assign(errors, judgeAuthentication(form));
  if (Object.keys(errors).length > 0 || !tokenProfile) return { ok: false, errors };
  const lifetimes = {
    accessSeconds: numberOf(form.accessSeconds),
    refreshIdleSeconds: numberOf(form.refreshIdleSeconds),
    refreshAbsoluteSeconds: numberOf(form.refreshAbsoluteSeconds),
  };
  const costPerMinute = numberOf(form.costPerMinute);
  const plain = { ...defaultPolicies(isPublic), ...lifetimes, costPerMinute, tokenProfile };
  return { ok: true, policies: isPublic ? plain : { ...plain, ...authentication(form) } };
}

const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

function inRange(text: string, { min, max }: { readonly min: number; readonly max: number }): boolean {
  if (text.trim() === '') return true;
  return /^\s*\d{1,10}\s*$/.test(text) && Number(text) >= min && Number(text) <= max;
}

const authentication = (form: PolicyForm) => ({
  authMethods: AUTH_METHODS.filter((method) => form.authMethods.includes(method)),
  jwks: form.jwks.trim() === '' ? null : form.jwks.trim(),
  jwksUri: form.jwksUri.trim() === '' ? null : form.jwksUri.trim(),
  resourceServer: form.resourceServer,
});

function judgeAuthentication(form: PolicyForm): PolicyErrors {
  const authMethods = judgeMethods(form.authMethods);
  const jwks = judgeKeys(form);
  const jwksUri = judgeUri(form.jwksUri.trim());
  return { ...(authMethods && { authMethods }), ...(jwks && { jwks }), ...(jwksUri && { jwksUri }) };
}

const OFFERED: readonly string[] = AUTH_METHODS.filter((method): boolean => method !== 'none');

/** Of these a confidential client has one at least. */
export const CONFIDENTIAL_METHODS = OFFERED as readonly AuthMethod[];

function judgeMethods(chosen: readonly string[]): PolicyErrors['authMethods'] {
  if (chosen.length === 0) return 'notChosen';
  return chosen.every((method) => OFFERED.includes(method)) ? undefined : 'invalid';
}

function judgeKeys({ jwks, jwksUri, authMethods }: PolicyForm): KeysFault | undefined {
  const [keys, uri] = [jwks.trim(), jwksUri.trim()];
  if (keys !== '' && uri !== '') return 'both';
  if (keys !== '') return judgeKeySet(keys);
  return uri === '' && authMethods.includes('private_key_jwt') ? 'needed' : undefined;
}

/** RFC 7517 §5. */
function judgeKeySet(text: string): KeysFault | undefined {
  if (text.length > JWKS_MAX) return 'tooLong';
  let keys: unknown;
  try {
    keys = (JSON.parse(text) as { keys?: unknown } | null)?.keys;
  } catch {
    return 'notJson';
  }
  if (!Array.isArray(keys) || keys.length === 0) return 'noKeys';
  if (keys.length > KEYS_MAX) return 'tooManyKeys';
  return keys.map(keyFault).find((fault) => fault !== undefined);
}

/** Whether the address leads inside is judged when it is fetched: names may lead elsewhere by then. */
function judgeUri(uri: string): PolicyErrors['jwksUri'] {
  if (uri === '') return undefined;
  if (uri.length > URI_MAX) return 'tooLong';
  const url = URL.parse(uri);
  const plain = url?.protocol === 'https:' && !url.username && !url.password && !uri.includes('#');
  return plain ? undefined : 'notHttps';
}
