/** A form that came after its login had ended: nothing is done yet, and nothing that was typed is lost. */
import type { PageContext } from './context.ts';
import { renderPage } from './document.tsx';
import { CsrfField } from './form.tsx';
import { Icon } from './icons.tsx';
import { KeptFieldInputs, type KeptFields } from './kept-fields.tsx';
import { LoginFrame, RequestId } from './login-frame.tsx';

export type LateFormProps = {
  /** Where the form was going. */
  readonly action: string;
  readonly fields: KeptFields;
  readonly loggedIn: boolean;
  readonly requestId: string;
};

/** Posts the same fields to the same place. */
export function lateFormPage(context: PageContext, props: LateFormProps): string {
  const { lateForm: t } = context.messages;
  return renderPage(
    context,
    <LoginFrame page="lateForm" wide>
      <div class="error-box">
        <Icon name="warning" />
        <h1>{t.title}</h1>
        <p>{props.loggedIn ? t.otherLogin : t.loggedOut}</p>
        {!props.loggedIn && (
          <p>
            <a href={context.paths.login} target="_blank" rel="noopener">
              {t.logIn}
            </a>
          </p>
        )}
        <form method="post" action={props.action}>
          <CsrfField />
          <KeptFieldInputs fields={props.fields} />
          <button type="submit" class="btn btn-ec-conversion btn-lg">
            {t.again}
          </button>
        </form>
        <RequestId requestId={props.requestId} />
      </div>
    </LoginFrame>,
  );
}
