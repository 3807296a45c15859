/** The rows of the client form, for registration and for editing. */

import { CLIENT_NAME_MAX, type ClientFormErrors } from '../../oauth/rules/client-form.ts';
import type { PolicyForm } from '../../oauth/rules/policy-form.ts';
import { splitUris } from '../../oauth/rules/redirect-uri.ts';
import type { Messages } from '../i18n/ja/messages.ts';
import { usePage } from '../ui/context.ts';
import type { FaultyField } from '../ui/error-summary.tsx';
import { Choice, ChoiceText, ErrorLine, FieldError, FieldRow, GroupRow, Help } from '../ui/form.tsx';
import { grantLabel } from './client-names.ts';
import { PkceRow } from './client-pkce.tsx';
import { faultyPolicyFields, PolicyFields, type UsualLifetimes } from './client-policies.tsx';
import { ScopeChoices } from './scope-choices.tsx';

export type ClientType = 'confidential' | 'public';

/** The values of the form: the stored values, or what was just posted. */
export type ClientFormValues = {
  readonly name: string;
  /** The text area as typed. */
  readonly redirectUris: string;
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
  readonly type: ClientType;
  /** A `PkceChoice`, or what was typed in its place. */
  readonly pkce: string;
  readonly policies: PolicyForm;
};

export type ClientFieldsProps = {
  readonly values: ClientFormValues;
  readonly errors: ClientFormErrors;
  readonly scopeOptions: readonly string[];
  readonly grantOptions: readonly string[];
  /** False when the type is settled: it cannot change once a client exists. */
  readonly typeOpen: boolean;
  readonly lifetimes: UsualLifetimes;
  /** PKCE is required since the app has used it. */
  readonly pkceLearned?: boolean;
};

/** Fields `name`, `redirect_uris`, `scopes`*, `grants`*, `client_type`, `pkce`, and those of `PolicyFields`. */
export function ClientFields(props: ClientFieldsProps) {
  return (
    <>
      <NameRow {...props} />
      <RedirectUrisRow {...props} />
      <ScopesRow {...props} />
      <GrantsRow {...props} />
      {props.typeOpen && <TypeRow {...props} />}
      <PkceRow
        chosen={props.values.pkce}
        learned={props.pkceLearned === true}
        error={props.errors.pkce}
        open={props.typeOpen || props.values.type === 'confidential'}
      />
      <PolicyFields
        values={props.values.policies}
        errors={props.errors.policies}
        lifetimes={props.lifetimes}
        authenticates={props.typeOpen || props.values.type === 'confidential'}
      />
    </>
  );
}

/** In the order of the rows. */
export function faultyClientFields(errors: ClientFormErrors, { form, policies }: Messages): FaultyField[] {
  const rows = [
    [errors.name, 'name', form.name],
    [errors.redirectUris, 'redirect_uris', form.redirectUris],
    [errors.scopes, 'scopes', form.scopes],
    [errors.grantTypes, 'grants', form.grantTypes],
    [errors.type, 'client_type', form.type],
    [errors.pkce, 'pkce', form.pkce],
  ] as const;
  const wrong = rows.filter(([error]) => error !== undefined).map(([, id, label]) => ({ id, label }));
  return [...wrong, ...faultyPolicyFields(errors.policies ?? {}, policies)];
}

const invalidClass = (error: unknown): string =>
  error === undefined ? 'form-control' : 'form-control is-invalid';

function NameRow({ values, errors }: ClientFieldsProps) {
  const { form, fieldErrors } = usePage().messages;
  const text =
    errors.name === 'tooLong'
      ? fieldErrors.tooLong(CLIENT_NAME_MAX)
      : errors.name && fieldErrors[errors.name];
  return (
    <FieldRow id="name" label={form.name} required>
      <input
        class={invalidClass(errors.name)}
        id="name"
        name="name"
        value={values.name}
        autocomplete="off"
        aria-required="true"
        aria-invalid={errors.name !== undefined}
        aria-describedby="name-error name-help"
      />
      <FieldError id="name" text={text} />
      <Help id="name">{form.nameHelp}</Help>
    </FieldRow>
  );
}

function RedirectUrisRow({ values, errors }: ClientFieldsProps) {
  const { form } = usePage().messages;
  return (
    <FieldRow id="redirect_uris" label={form.redirectUris} required>
      <textarea
        class={invalidClass(errors.redirectUris)}
        id="redirect_uris"
        name="redirect_uris"
        rows={Math.max(3, values.redirectUris.split('\n').length)}
        spellcheck={false}
        autocapitalize="none"
        aria-required="true"
        aria-invalid={errors.redirectUris !== undefined}
        aria-describedby="redirect_uris-error redirect_uris-help"
      >
        {values.redirectUris}
      </textarea>
      <RedirectUriErrors typed={values.redirectUris} errors={errors.redirectUris} />
      <Help id="redirect_uris">{form.redirectUrisHelp}</Help>
    </FieldRow>
  );
}

type RedirectUriErrorsProps = { typed: string; errors: ClientFormErrors['redirectUris'] };

function RedirectUriErrors({ typed, errors }: RedirectUriErrorsProps) {
  const { messages } = usePage();
  if (errors === undefined || errors === 'blank') {
    return <FieldError id="redirect_uris" text={errors && messages.fieldErrors.blank} />;
  }
  return (
    <ul id="redirect_uris-error" class="field-error line-errors">
      {errors.map(({ uri, fault }) => (
        <li key={uri}>
          <ErrorLine>
            {messages.form.line(lineOf(uri, typed))} <code>{uri}</code>
            <span class="line-reason">{messages.redirectUriReasons[fault]}</span>
          </ErrorLine>
        </li>
      ))}
    </ul>
  );
}

/** Counted from 1 in the text as typed. */
const lineOf = (uri: string, typed: string): number =>
  typed.split('\n').findIndex((line) => splitUris(line).includes(uri)) + 1;

function ScopesRow({ values, errors, scopeOptions }: ClientFieldsProps) {
  const { messages } = usePage();
  return (
    <ScopeChoices
      options={scopeOptions}
      chosen={values.scopes}
      error={errors.scopes && messages.fieldErrors[errors.scopes]}
      help={messages.form.scopesHelp}
    />
  );
}

function GrantsRow({ values, errors, grantOptions }: ClientFieldsProps) {
  const { messages } = usePage();
  return (
    <GroupRow id="grants" label={messages.form.grantTypes} required>
      {grantOptions.map((grant) => (
        <Choice
          key={grant}
          type="checkbox"
          id={`grant-${grant}`}
          name="grants"
          value={grant}
          checked={values.grantTypes.includes(grant)}
          label={grantLabel(grant, messages)}
        />
      ))}
      <FieldError id="grants" text={errors.grantTypes && messages.fieldErrors[errors.grantTypes]} />
      <Help id="grants">{messages.form.grantTypesHelp}</Help>
    </GroupRow>
  );
}

function TypeRow({ values, errors }: ClientFieldsProps) {
  const { messages } = usePage();
  const { form } = messages;
  return (
    <GroupRow id="client_type" label={form.type} required>
      {(['confidential', 'public'] as const).map((type) => (
        <Choice
          key={type}
          type="radio"
          id={`client_type-${type}`}
          name="client_type"
          value={type}
          checked={values.type === type}
          label={<ChoiceText title={form[type]} help={form[`${type}Help`]} />}
        />
      ))}
      <FieldError id="client_type" text={errors.type && messages.fieldErrors[errors.type]} />
    </GroupRow>
  );
}
