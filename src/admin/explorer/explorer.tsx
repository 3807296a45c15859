/** APIエクスプローラー: a token, typed in or fetched by consent, and GraphiQL with it. */

import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Notice } from '../ui/flash.tsx';
import { CsrfField } from '../ui/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { dateTimeSeconds } from '../ui/time.ts';
import { ExplorerPanel, type PanelToken } from './explorer-panel.tsx';
import { WalkForm, type WalkFormProps } from './walk-form.tsx';

export type ExplorerProps = Omit<WalkFormProps, 'problem'> & {
  /** Nothing was chosen, or the consent or the token was refused. */
  readonly problem?: 'notChosen' | 'refused';
  /** What was fetched, just now or before a reload. */
  readonly token?: PanelToken;
  readonly kept?: { readonly until: number; readonly fresh: boolean };
  /** How long a fetched token lives. */
  readonly minutes: number;
};

/** Posts as `WalkForm` does, to `paths.explorer`. */
export function explorerPage(context: AdminContext, props: ExplorerProps): string {
  const { messages, paths } = context;
  const { explorer: t } = messages;
  const { token, kept, minutes, problem, scopeOptions, scopes } = props;
  return renderPage(
    context,
    <Layout page="explorer">
      {problem === 'refused' && <Notice level="danger">{t.refused}</Notice>}
      {kept?.fresh && <Notice level="success">{t.fetched(minutes)}</Notice>}
      {kept && <Kept until={kept.until} />}
      {token === undefined && (
        <Card title={t.fetchTitle}>
          <p>{t.lead(minutes)}</p>
          <WalkForm
            action={paths.explorer}
            submit={t.fetch}
            scopeOptions={scopeOptions}
            scopes={scopes}
            problem={problem === 'notChosen'}
          />
        </Card>
      )}
      <ExplorerPanel token={token} page={paths.explorer} />
    </Layout>,
  );
}

/** Posts `_token` to `paths.explorerForget`. */
function Kept({ until }: { until: number }) {
  const { messages, paths, timeZone } = usePage();
  const { explorer: t } = messages;
  return (
    <form method="post" action={paths.explorerForget} class="list-tools">
      <CsrfField />
      <span>{t.keptUntil(dateTimeSeconds(until, timeZone))}</span>
      <button type="submit" class="btn btn-ec-regular">
        {t.forget}
      </button>
    </form>
  );
}
