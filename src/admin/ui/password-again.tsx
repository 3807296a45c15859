/** The password again, as part of a form that needs it or as a page before one. */

import { Card } from './card.tsx';
import { type AdminContext, usePage } from './context.ts';
import { renderPage } from './document.tsx';
import { Notice } from './flash.tsx';
import { CsrfField, FieldRow } from './form.tsx';
import { KeptFieldInputs, type KeptFields } from './kept-fields.tsx';
import { Layout } from './layout.tsx';

export type PasswordProblem = 'wrong' | { readonly throttledMinutes: number };

/** What a form has to ask beside its own fields. */
export type AskPassword = { readonly problem?: PasswordProblem };

type PasswordAgainProps = {
  ask: AskPassword | undefined;
  /** Id of the field; several forms of a page may ask. */
  id?: string;
  /** Id of the form that the field belongs to, when the field is outside of it. */
  form?: string;
};

/** Field `password`; nothing while the password was given lately. */
export function PasswordAgain({ ask, id = 'password', form }: PasswordAgainProps) {
  const { messages } = usePage();
  if (ask === undefined) return null;
  return (
    <div class="password-again">
      {ask.problem === undefined ? <p>{messages.confirm.lead}</p> : <ProblemNotice problem={ask.problem} />}
      <FieldRow id={id} label={messages.confirm.password} required>
        <input
          class={ask.problem === undefined ? 'form-control' : 'form-control is-invalid'}
          id={id}
          name="password"
          type="password"
          form={form}
          autocomplete="current-password"
          required
          aria-invalid={ask.problem !== undefined}
        />
      </FieldRow>
    </div>
  );
}

function ProblemNotice({ problem }: { problem: PasswordProblem }) {
  const { confirm, login } = usePage().messages;
  return (
    <Notice level="danger" urgent>
      {problem === 'wrong' ? confirm.wrong : login.throttled(problem.throttledMinutes)}
    </Notice>
  );
}

export type ConfirmPageProps = {
  readonly title: string;
  /** Where the form posts to: the page that asks. */
  readonly action: string;
  readonly ask: AskPassword;
  /** What the form held that the password is asked for; sent again with it. */
  readonly fields?: KeptFields;
};

export function confirmPage(
  context: AdminContext,
  { title, action, ask, fields = [] }: ConfirmPageProps,
): string {
  const { confirm: t } = context.messages;
  return renderPage(
    context,
    <Layout page="confirmPassword" title={title}>
      <Card title={t.title}>
        <form method="post" action={action}>
          <CsrfField />
          <KeptFieldInputs fields={fields} />
          <PasswordAgain ask={ask} />
          <button type="submit" class="btn btn-ec-conversion px-5">
            {t.submit}
          </button>
        </form>
      </Card>
    </Layout>,
  );
}
