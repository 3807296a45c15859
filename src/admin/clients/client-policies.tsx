/** The advanced rows of the client form: lifetimes, quota, authentication, keys, token profile. Folded away until needed. */
import { TOKEN_PROFILES } from '../../oauth/rules/client.ts';
import {
  CONFIDENTIAL_METHODS,
  COST_PER_MINUTE,
  LIFETIME_SECONDS,
  LIFETIMES,
  type Lifetime,
  type PolicyErrors,
  type PolicyForm,
} from '../../oauth/rules/policy-form.ts';
import type { Messages } from '../i18n/ja/messages.ts';
import { usePage } from '../ui/context.ts';
import type { FaultyField } from '../ui/error-summary.tsx';
import { Choice, FieldError, FieldRow, GroupRow, Help, Switch } from '../ui/form.tsx';
import { duration, groupDigits } from '../ui/time.ts';

/** The installation's own, in seconds. */
export type UsualLifetimes = {
  readonly accessSeconds: number;
  readonly refreshSeconds: number;
  readonly refreshAbsoluteSeconds: number;
};

export type PolicyFieldsProps = {
  readonly values: PolicyForm;
  readonly errors: PolicyErrors | undefined;
  readonly lifetimes: UsualLifetimes;
  /** A settled public client has no authentication to choose. */
  readonly authenticates: boolean;
};

const FIELD_NAMES = {
  accessSeconds: 'access_seconds',
  refreshIdleSeconds: 'refresh_idle_seconds',
  refreshAbsoluteSeconds: 'refresh_absolute_seconds',
} as const;

const QUOTA_ID = 'cost_per_minute';

/**
 * Fields `access_seconds`, `refresh_idle_seconds`, `refresh_absolute_seconds`, `cost_per_minute`, `token_profile`, and for a client that
 * authenticates `auth_methods`*, `jwks`, `jwks_uri`, `resource_server` (`1` or absent).
 */
export function PolicyFields(props: PolicyFieldsProps) {
  const { messages } = usePage();
  const { errors, authenticates } = props;
  return (
    <details class="advanced" open={errors !== undefined}>
      <summary>{messages.policies.title}</summary>
      <p class="field-help">{messages.policies.lead}</p>
      {LIFETIMES.map((lifetime) => (
        <LifetimeRow key={lifetime} lifetime={lifetime} {...props} />
      ))}
      <QuotaRow {...props} />
      <ProfileRow {...props} />
      {authenticates && <AuthenticationRows {...props} />}
    </details>
  );
}

const FIELD_IDS = {
  ...FIELD_NAMES,
  costPerMinute: QUOTA_ID,
  tokenProfile: 'token_profile',
  authMethods: 'auth_methods',
  jwks: 'jwks',
  jwksUri: 'jwks_uri',
} as const;

/** In the order of the rows. */
export const faultyPolicyFields = (errors: PolicyErrors, t: Messages['policies']): FaultyField[] =>
  (Object.keys(FIELD_IDS) as (keyof typeof FIELD_IDS)[])
    .filter((field) => errors[field] !== undefined)
    .map((field) => ({ id: FIELD_IDS[field], label: t[field] }));

const usualOf = (lifetime: Lifetime, usual: UsualLifetimes): number =>
  lifetime === 'refreshIdleSeconds' ? usual.refreshSeconds : usual[lifetime];

function LifetimeRow({ values, errors, lifetimes, lifetime }: PolicyFieldsProps & { lifetime: Lifetime }) {
  const { messages } = usePage();
  const { policies: t } = messages;
  const id = FIELD_NAMES[lifetime];
  const { min, max } = LIFETIME_SECONDS[lifetime];
  const usual = duration(usualOf(lifetime, lifetimes), messages);
  const error = errors?.[lifetime] && t.notInRange(groupDigits(min), groupDigits(max));
  return (
    <NumberRow
      id={id}
      label={t[lifetime]}
      value={values[lifetime]}
      error={error}
      help={t.lifetimeHelp(usual)}
    />
  );
}

function QuotaRow({ values, errors }: PolicyFieldsProps) {
  const { policies: t } = usePage().messages;
  const { min, max } = COST_PER_MINUTE;
  return (
    <NumberRow
      id={QUOTA_ID}
      label={t.costPerMinute}
      value={values.costPerMinute}
      error={errors?.costPerMinute && t.costNotInRange(groupDigits(min), groupDigits(max))}
      help={t.costHelp}
    />
  );
}

type NumberRowProps = {
  id: string;
  label: string;
  value: string;
  error: string | undefined;
  help: string;
};

function NumberRow({ id, label, value, error, help }: NumberRowProps) {
  return (
    <FieldRow id={id} label={label}>
      <input
        class={error ? 'form-control short is-invalid' : 'form-control short'}
        id={id}
        name={id}
        value={value}
        inputMode="numeric"
        autocomplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-error ${id}-help`}
      />
      <FieldError id={id} text={error} />
      <Help id={id}>{help}</Help>
    </FieldRow>
  );
}

function ProfileRow({ values, errors }: PolicyFieldsProps) {
  const { policies: t, fieldErrors } = usePage().messages;
  return (
    <GroupRow id="token_profile" label={t.tokenProfile}>
      {TOKEN_PROFILES.map((profile) => (
        <Choice
          key={profile}
          type="radio"
          id={`token_profile-${profile}`}
          name="token_profile"
          value={profile}
          checked={values.tokenProfile === profile}
          label={t.profiles[profile]}
        />
      ))}
      <FieldError id="token_profile" text={errors?.tokenProfile && fieldErrors[errors.tokenProfile]} />
    </GroupRow>
  );
}

function AuthenticationRows(props: PolicyFieldsProps) {
  const { values, errors } = props;
  const { policies: t, fieldErrors } = usePage().messages;
  return (
    <>
      <GroupRow id="auth_methods" label={t.authMethods}>
        {CONFIDENTIAL_METHODS.map((method) => (
          <Choice
            key={method}
            type="checkbox"
            id={`auth_method-${method}`}
            name="auth_methods"
            value={method}
            checked={values.authMethods.includes(method)}
            label={t.methods[method]}
          />
        ))}
        <FieldError id="auth_methods" text={errors?.authMethods && fieldErrors[errors.authMethods]} />
        <Help id="auth_methods">{t.authMethodsHelp}</Help>
      </GroupRow>
      <KeyRows {...props} />
      <GroupRow id="resource" label={t.resourceServer}>
        <Switch
          id="resource_server"
          name="resource_server"
          checked={values.resourceServer}
          label={t.resourceServerOn}
        />
        <Help id="resource">{t.resourceServerHelp}</Help>
      </GroupRow>
    </>
  );
}

function KeyRows({ values, errors }: PolicyFieldsProps) {
  const { policies: t } = usePage().messages;
  return (
    <>
      <FieldRow id="jwks" label={t.jwks}>
        <textarea
          class={errors?.jwks ? 'form-control is-invalid' : 'form-control'}
          id="jwks"
          name="jwks"
          rows={4}
          spellcheck={false}
          autocapitalize="none"
          aria-invalid={errors?.jwks !== undefined}
          aria-describedby="jwks-error jwks-help"
        >
          {values.jwks}
        </textarea>
        <FieldError id="jwks" text={errors?.jwks && t.keyFaults[errors.jwks]} />
        <Help id="jwks">{t.jwksHelp}</Help>
      </FieldRow>
      <FieldRow id="jwks_uri" label={t.jwksUri}>
        <input
          class={errors?.jwksUri ? 'form-control is-invalid' : 'form-control'}
          id="jwks_uri"
          name="jwks_uri"
          value={values.jwksUri}
          spellcheck={false}
          autocapitalize="none"
          autocomplete="off"
          aria-invalid={errors?.jwksUri !== undefined}
          aria-describedby="jwks_uri-error jwks_uri-help"
        />
        <FieldError id="jwks_uri" text={errors?.jwksUri && t.uriFaults[errors.jwksUri]} />
        <Help id="jwks_uri">{t.jwksUriHelp}</Help>
      </FieldRow>
    </>
  );
}
