/** OAuthクライアント登録. */

import type { ClientFormErrors } from '../../oauth/rules/client-form.ts';
import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { CsrfField } from '../ui/form.tsx';
import { BackTo, Layout } from '../ui/layout.tsx';
import { type AskPassword, PasswordAgain } from '../ui/password-again.tsx';
import { ClientFields, type ClientFormValues, faultyClientFields } from './client-fields.tsx';
import type { UsualLifetimes } from './client-policies.tsx';

export type ClientNewProps = {
  readonly values: ClientFormValues;
  readonly errors: ClientFormErrors;
  readonly scopeOptions: readonly string[];
  readonly grantOptions: readonly string[];
  readonly lifetimes: UsualLifetimes;
  readonly ask: AskPassword | undefined;
  /** Of this page alone, so that the form sent twice is known. */
  readonly formId: string;
};

/** Posts `form_id`, the fields of `ClientFields`, and `password` when it is asked for, to `paths.clientNew`. */
export function clientNewPage(context: AdminContext, props: ClientNewProps): string {
  const { messages, paths } = context;
  return renderPage(
    context,
    <Layout page="clientNew" bottomBar={<FormBar />}>
      <ErrorSummary fields={faultyClientFields(props.errors, messages)} />
      <form method="post" action={paths.clientNew} id="client-form" noValidate>
        <CsrfField />
        <input type="hidden" name="form_id" value={props.formId} />
        <Card title={messages.form.title}>
          <PasswordAgain ask={props.ask} />
          <ClientFields typeOpen {...props} />
        </Card>
      </form>
    </Layout>,
  );
}

/** Back to the list, and the button that sends `client-form`. */
export function FormBar() {
  const { messages } = usePage();
  return (
    <>
      <BackTo page="clients" />
      <button type="submit" form="client-form" class="btn btn-ec-conversion px-5">
        {messages.common.register}
      </button>
    </>
  );
}
