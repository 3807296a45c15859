/** 2段階認証 設定 of a member who has set it up: recovery codes, and the way out. */

import { FactorField, FactorNotice, type FactorProblem } from '../login/factor-field.tsx';
import { askFirstPage } from '../ui/ask-first.tsx';
import { Card, Fact } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Notice } from '../ui/flash.tsx';
import { CsrfField } from '../ui/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { type AskPassword, PasswordAgain } from '../ui/password-again.tsx';

export type TwoFactorProps = {
  readonly codesLeft: number;
  readonly ask: AskPassword | undefined;
  readonly problem?: FactorProblem | undefined;
};

const FEW_CODES = 3;

/** Posts `_token`, `password` to `paths.recoveryCodes`; with `code` too to `paths.twoFactorRemove`. */
export function twoFactorPage(context: AdminContext, props: TwoFactorProps): string {
  const { twoFactor: t } = context.messages;
  return renderPage(
    context,
    <Layout page="twoFactor">
      {props.problem && <FactorNotice problem={props.problem} />}
      <Card title={t.title}>
        <dl class="facts">
          <Fact label={t.state}>
            <span class="badge badge-on">{t.on}</span> {t.onText}
          </Fact>
          <Fact label={t.left}>{t.leftCount(props.codesLeft)}</Fact>
        </dl>
        {props.codesLeft <= FEW_CODES && <Notice level="warning">{t.leftFew}</Notice>}
      </Card>
      <NewCodes />
      <Remove ask={props.ask} />
    </Layout>,
  );
}

type FormProps = { ask: AskPassword | undefined };

function NewCodes() {
  const context = usePage();
  const { twoFactor: t } = context.messages;
  return (
    <Card title={t.newCodes}>
      <p class="field-help">{t.newCodesHelp}</p>
      <a class="btn btn-ec-regular" href={context.paths.recoveryCodes}>
        {t.newCodes}
      </a>
    </Card>
  );
}

/** Posts `_token`, and `password` when it is asked for, to `paths.recoveryCodes`. */
export function newCodesPage(
  context: AdminContext,
  { codesLeft, ask }: Pick<TwoFactorProps, 'codesLeft' | 'ask'>,
): string {
  const { messages, paths } = context;
  const { recoveryCodes: t } = messages.asks;
  return askFirstPage(context, {
    page: 'newRecoveryCodes',
    question: t.question,
    effects: [t.effect(codesLeft), t.noUndo],
    action: paths.recoveryCodes,
    submit: t.submit,
    back: { href: paths.twoFactor, label: messages.twoFactor.title },
    ask,
  });
}

function Remove({ ask }: FormProps) {
  const context = usePage();
  const { twoFactor: t } = context.messages;
  return (
    <Card title={t.remove}>
      <p class="field-help">{t.removeHelp}</p>
      <form method="post" action={context.paths.twoFactorRemove}>
        <CsrfField />
        <PasswordAgain ask={ask} id="password-remove" />
        <div class="factor-row">
          <FactorField recovery />
          <button type="submit" class="btn btn-ec-delete btn-lg">
            {t.remove}
          </button>
        </div>
      </form>
    </Card>
  );
}

export function noTwoFactorPage(context: AdminContext): string {
  const { twoFactor: t } = context.messages;
  return renderPage(
    context,
    <Layout page="twoFactor">
      <Card>
        <p class="mb-0">{t.unavailable}</p>
      </Card>
    </Layout>,
  );
}
