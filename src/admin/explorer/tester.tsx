/** 接続テスト: choose, begin, what came of it, and the explorer with the token that came of it. */
import type { ComponentChildren } from 'preact';
import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Notice } from '../ui/flash.tsx';
import { CopyBlock } from '../ui/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { ExplorerPanel, type PanelToken } from './explorer-panel.tsx';
import { WalkForm, type WalkFormProps } from './walk-form.tsx';

/** Posts as `WalkForm` does, to `paths.tester`. */
export function testerPage(context: AdminContext, props: WalkFormProps): string {
  const { messages, paths } = context;
  const { tester: t } = messages;
  return frame(
    context,
    <Card title={t.title}>
      <p>{t.lead}</p>
      <WalkForm action={paths.tester} submit={t.start} help={t.scopesHelp} {...props} />
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
      <CopyBlock id="authorize-url" label={t.authorizeUrl} value={authorizeUrl} />
      <a class="btn btn-ec-conversion" href={authorizeUrl}>
        {t.open}
      </a>
    </Card>,
  );
}

export type TestedStep = {
  readonly step: 'authorize' | 'token' | 'api';
  readonly request: string;
  readonly answer: string;
  readonly status: number;
};

export type TesterResultProps = {
  readonly steps: readonly TestedStep[];
  /** When every step worked. */
  readonly token?: PanelToken;
  /** How long it lives. */
  readonly minutes: number;
};

export function testerResultPage(
  context: AdminContext,
  { steps, token, minutes }: TesterResultProps,
): string {
  const { messages, paths } = context;
  const { tester: t } = messages;
  const worked = token !== undefined;
  return frame(
    context,
    <>
      <Notice level={worked ? 'success' : 'danger'}>{worked ? t.worked : t.failed}</Notice>
      <StepCards steps={steps} />
      <p>
        {t.maskedHelp} {worked ? t.kept(minutes) : t.removed}
      </p>
      <p>
        <a class="btn btn-ec-regular" href={paths.tester}>
          {t.again}
        </a>
      </p>
      {worked && <ExplorerPanel token={token} page={paths.tester} />}
    </>,
  );
}

type StepCardsProps = { steps: readonly TestedStep[] };

export function StepCards({ steps }: StepCardsProps) {
  const { tester: t } = usePage().messages;
  return (
    <>
      {steps.map(({ step, request, answer, status }) => (
        <Card title={t.steps[step]} key={step}>
          <CopyBlock id={`${step}-request`} label={t.request} value={request} />
          <CopyBlock id={`${step}-answer`} label={t.answer(status)} value={answer} />
        </Card>
      ))}
    </>
  );
}

const frame = (context: AdminContext, children: ComponentChildren): string =>
  renderPage(context, <Layout page="tester">{children}</Layout>);
