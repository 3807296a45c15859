/** An authenticator app is taken on: the key as QR code and as text, and one code as proof. */

import type { QrCode } from '../../staff/rules/qr-code.ts';
import { Card } from '../ui/card.tsx';
import { type AdminContext, type PageContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { CopyBlock, CsrfField } from '../ui/form.tsx';
import { BackTo, Layout } from '../ui/layout.tsx';
import { LoginFrame } from '../ui/login-frame.tsx';
import { FactorField, FactorNotice, type FactorProblem } from './factor-field.tsx';
import { LeaveLogin } from './second-step.tsx';
import type { WaitingRequest } from './waiting-request.ts';

export type EnrolmentProps = {
  readonly offer: { readonly key: string; readonly qr: QrCode };
  readonly problem: FactorProblem | undefined;
};

/** As part of a login that demands it. Posts `code`, `request`, `_token` to `paths.enrolment`. */
export function enrolAtLoginPage(
  context: PageContext,
  { offer, problem, request }: EnrolmentProps & { readonly request: WaitingRequest | undefined },
): string {
  const { enrolment: t } = context.messages;
  return renderPage(
    context,
    <LoginFrame page="enrolment" wide>
      <h1 class="login-heading">{t.title}</h1>
      {problem && <FactorNotice problem={problem} />}
      <p>{t.demanded}</p>
      <form method="post" action={context.paths.enrolment}>
        <CsrfField />
        {request && <input type="hidden" name="request" value={request.id} />}
        <Steps offer={offer} />
      </form>
      <LeaveLogin request={request} />
    </LoginFrame>,
  );
}

/** From 2段階認証 設定. Posts `code`, `_token` to `paths.twoFactor`. */
export function enrolPage(context: AdminContext, { offer, problem }: EnrolmentProps): string {
  const { enrolment: t } = context.messages;
  return renderPage(
    context,
    <Layout page="twoFactor" bottomBar={<BackTo page="home" />}>
      {problem && <FactorNotice problem={problem} />}
      <Card title={t.title}>
        <form method="post" action={context.paths.twoFactor}>
          <CsrfField />
          <Steps offer={offer} />
        </form>
      </Card>
    </Layout>,
  );
}

function Steps({ offer }: { offer: EnrolmentProps['offer'] }) {
  const { messages } = usePage();
  const { enrolment: t, secondStep } = messages;
  return (
    <ol class="steps">
      <li>
        <h2>{t.app}</h2>
        <p>{t.appHelp}</p>
      </li>
      <li>
        <h2>{t.scan}</h2>
        <QrImage qr={offer.qr} label={t.qr} />
        <CopyBlock id="two-factor-key" label={t.key} value={grouped(offer.key)} />
      </li>
      <li>
        <h2>{t.prove}</h2>
        <div class="factor-row">
          <FactorField recovery={false} />
          <button type="submit" class="btn btn-ec-conversion btn-lg">
            {secondStep.submit}
          </button>
        </div>
      </li>
    </ol>
  );
}

/** In fours, as people copy by eye; authenticator apps overlook the spaces. */
const grouped = (key: string): string => (key.match(/.{1,4}/g) ?? []).join(' ');

function QrImage({ qr, label }: { qr: QrCode; label: string }) {
  return (
    <svg class="qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={label}>
      <rect width={qr.size} height={qr.size} fill="#fff" />
      <path d={qr.path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
