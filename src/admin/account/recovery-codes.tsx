/** Recovery codes, shown this once: to be copied or printed. */

import { Card } from '../ui/card.tsx';
import { type AdminContext, type PageContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Notice } from '../ui/flash.tsx';
import { CopyBlock } from '../ui/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { LoginFrame } from '../ui/login-frame.tsx';

export type RecoveryCodesProps = {
  readonly codes: readonly string[];
  /** Where the way goes on. */
  readonly next: string;
};

export function codesAtLoginPage(context: PageContext, { codes, next }: RecoveryCodesProps): string {
  const { recovery: t } = context.messages;
  return renderPage(
    context,
    <LoginFrame page="recoveryCodes" wide>
      <h1 class="login-heading">{t.title}</h1>
      <Codes codes={codes} />
      <a class="btn btn-ec-conversion btn-lg w-100" href={next}>
        {t.kept}
      </a>
    </LoginFrame>,
  );
}

export function codesPage(context: AdminContext, { codes, next }: RecoveryCodesProps): string {
  const { recovery: t } = context.messages;
  return renderPage(
    context,
    <Layout page="recoveryCodes">
      <Card>
        <Codes codes={codes} />
        <a class="btn btn-ec-conversion" href={next}>
          {t.kept}
        </a>
      </Card>
    </Layout>,
  );
}

function Codes({ codes }: { codes: readonly string[] }) {
  const { messages } = usePage();
  const { recovery: t } = messages;
  return (
    <>
      <Notice level="warning">{t.once}</Notice>
      <p>{t.help}</p>
      <CopyBlock id="recovery-codes" label={t.title} value={codes.join('\n')} />
      <p>
        <button type="button" class="btn btn-ec-regular" data-print hidden>
          {t.print}
        </button>
      </p>
    </>
  );
}
