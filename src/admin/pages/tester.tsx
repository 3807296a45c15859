/** 接続テスト: choose, begin, and what came of it. */
import type { ComponentChildren } from 'preact';
import { Card } from './card.tsx';
import { scopeLabel } from './client-names.ts';
import type { AdminContext } from './context.ts';
import { renderPage } from './document.tsx';
import { Notice } from './flash.tsx';
import { Choice, CopyBlock, CsrfField, FieldError, GroupRow } from './form.tsx';
import { Layout } from './layout.tsx';

export type TesterProps = {
  readonly scopeOptions: readonly string[];
  readonly scopes: readonly string[];
  /** Nothing was chosen. */
  readonly problem: boolean;
};

/** Posts `scopes`*, `_token` to `paths.tester`. */
export function testerPage(context: AdminContext, { scopeOptions, scopes, problem }: TesterProps): string {
  const { messages, paths } = context;
  const { tester: t, form, fieldErrors } = messages;
  return frame(
    context,
    <Card title={t.title}>
      <p>{t.lead}</p>
      <form method="post" action={paths.tester}>
        <CsrfField context={context} />
        <GroupRow id="scopes" label={form.scopes} required messages={messages}>
          {scopeOptions.map((scope) => (
            <Choice
              key={scope}
              type="checkbox"
              id={`scope-${scope}`}
              name="scopes"
              value={scope}
              checked={scopes.includes(scope)}
              label={scopeLabel(scope, messages)}
            />
          ))}
          <FieldError id="scopes" text={problem ? fieldErrors.notChosen : undefined} messages={messages} />
          <p class="field-help" id="scopes-help">
            {t.scopesHelp}
          </p>
        </GroupRow>
        <button type="submit" class="btn btn-ec-conversion px-5">
          {t.start}
        </button>
      </form>
    </Card>,
  );
}

export function testerStartedPage(context: AdminContext, { authorizeUrl }: { authorizeUrl: string }): string {
  const { messages } = context;
  const { tester: t } = messages;
  return frame(
    context,
    <Card title={t.steps.authorize}>
      <p>{t.started}</p>
      <CopyBlock id="authorize-url" label={t.authorizeUrl} value={authorizeUrl} messages={messages} />
      <a class="btn btn-ec-conversion" href={authorizeUrl}>
        {t.open}
      </a>
    </Card>,
  );
}

export type Exchange = {
  readonly step: 'authorize' | 'token' | 'api';
  readonly request: string;
  readonly answer: string;
  readonly status: number;
};

export type TesterResultProps = { readonly exchanges: readonly Exchange[]; readonly worked: boolean };

export function testerResultPage(context: AdminContext, { exchanges, worked }: TesterResultProps): string {
  const { messages, paths } = context;
  const { tester: t } = messages;
  return frame(
    context,
    <>
      <Notice level={worked ? 'success' : 'danger'}>{worked ? t.worked : t.failed}</Notice>
      {exchanges.map(({ step, request, answer, status }) => (
        <Card title={t.steps[step]} key={step}>
          <CopyBlock id={`${step}-request`} label={t.request} value={request} messages={messages} />
          <CopyBlock id={`${step}-answer`} label={t.answer(status)} value={answer} messages={messages} />
        </Card>
      ))}
      <p>{t.removed}</p>
      <a class="btn btn-ec-regular" href={paths.tester}>
        {t.again}
      </a>{' '}
      <a class="btn btn-ec-regular" href={paths.explorer}>
        {messages.explorer.title}
      </a>
    </>,
  );
}

const frame = (context: AdminContext, children: ComponentChildren): string =>
  renderPage(
    <Layout
      context={context}
      id="admin_api_tester"
      title={context.messages.tester.title}
      subtitle={context.messages.menu.api}
      current="tester"
    >
      {children}
    </Layout>,
  );
