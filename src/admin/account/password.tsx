/** パスワード変更. */

import type { PasswordFault } from '../../staff/rules/password.ts';
import type { Messages } from '../i18n/ja/messages.ts';
import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { ErrorSummary, type FaultyField } from '../ui/error-summary.tsx';
import { Notice } from '../ui/flash.tsx';
import { Choice, CsrfField, FieldError, FieldRow, GroupRow, Help } from '../ui/form.tsx';
import { Layout } from '../ui/layout.tsx';

export type PasswordErrors = {
  readonly current?: 'wrong';
  readonly next?: PasswordFault;
  readonly again?: 'different';
};

export type PasswordProps = {
  readonly errors: PasswordErrors;
  readonly throttledMinutes?: number;
  readonly endGrants: boolean;
};

/** Posts `current`, `next`, `again`, `end_grants`, `_token` to `paths.password`. What was typed is not shown again. */
export function passwordPage(context: AdminContext, props: PasswordProps): string {
  const { messages, paths } = context;
  const { password: t, login } = messages;
  const { errors, throttledMinutes } = props;
  return renderPage(
    context,
    <Layout page="password">
      {throttledMinutes !== undefined && (
        <Notice level="danger" urgent>
          {login.throttled(throttledMinutes)}
        </Notice>
      )}
      <ErrorSummary fields={faultyFields(errors, t)} />
      <form method="post" action={paths.password}>
        <CsrfField />
        <Card title={t.title}>
          <PasswordField id="current" fault={errors.current} />
          <PasswordField id="next" fault={errors.next} help={t.nextHelp} />
          <PasswordField id="again" fault={errors.again} />
          <EndGrants checked={props.endGrants} />
          <p>{t.effect}</p>
          <button type="submit" class="btn btn-ec-conversion px-5">
            {t.submit}
          </button>
        </Card>
      </form>
    </Layout>,
  );
}

const faultyFields = (errors: PasswordErrors, t: Messages['password']): FaultyField[] =>
  (['current', 'next', 'again'] as const)
    .filter((id) => errors[id] !== undefined)
    .map((id) => ({ id, label: t[id] }));

type PasswordFieldProps = {
  id: 'current' | 'next' | 'again';
  fault: keyof AdminContext['messages']['password']['faults'] | undefined;
  help?: string;
};

function PasswordField({ id, fault, help }: PasswordFieldProps) {
  const { messages } = usePage();
  const { password: t } = messages;
  return (
    <FieldRow id={id} label={t[id]} required>
      <input
        class={fault === undefined ? 'form-control' : 'form-control is-invalid'}
        id={id}
        name={id}
        type="password"
        autocomplete={id === 'current' ? 'current-password' : 'new-password'}
        required
        aria-invalid={fault !== undefined}
        aria-describedby={help === undefined ? `${id}-error` : `${id}-error ${id}-help`}
      />
      <FieldError id={id} text={fault && t.faults[fault]} />
      {help !== undefined && <Help id={id}>{help}</Help>}
    </FieldRow>
  );
}

function EndGrants({ checked }: { checked: boolean }) {
  const { messages } = usePage();
  const { password: t, apps } = messages;
  return (
    <GroupRow id="grants" label={apps.title}>
      <Choice
        type="checkbox"
        id="end_grants"
        name="end_grants"
        value="1"
        checked={checked}
        label={t.endGrants}
      />
      <Help id="grants">{t.endGrantsHelp}</Help>
    </GroupRow>
  );
}
