/** 変更フィード: whether the triggers are in place, what they cost in rows; the pages that ask before it changes. */

import type { ComponentChildren } from 'preact';
import { type FeedStatus, isGood, type TriggerState } from '../../feed/store/triggers.ts';
import { DELIVERIES_COUNTED, type DeliveryCounts } from '../../webhook/store/delivery-log.ts';
import type { PageName } from '../pages.ts';
import { Card, Fact } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { LackedRight, Notice } from '../ui/flash.tsx';
import { CsrfField } from '../ui/form.tsx';
import { BackTo, Layout } from '../ui/layout.tsx';
import { TableHead } from '../ui/table-head.tsx';
import { countText, groupDigits } from '../ui/time.ts';

export type FeedProps = {
  readonly status: FeedStatus;
  /** What this database user lacks to install it, for who administers the database. */
  readonly hindrance: string | undefined;
  readonly deliveries: DeliveryCounts;
};

/** 設置する and 取り外す lead to the pages that ask. */
export function feedPage(context: AdminContext, props: FeedProps): string {
  const wrong = props.status.triggers.filter(({ state }) => !isGood(state));
  return renderPage(
    context,
    <FeedLayout page="feed" back="webhooks">
      {props.hindrance !== undefined && <LackedRight line={props.hindrance} />}
      <StateCard {...props} />
      {wrong.length > 0 && props.status.state !== 'absent' && <WrongTriggers triggers={wrong} />}
      <SizesCard {...props} />
    </FeedLayout>,
  );
}

type FrameProps = { page: PageName; back: 'webhooks' | 'feed'; children: ComponentChildren };

const FeedLayout = ({ page, back, children }: FrameProps) => (
  <Layout page={page} bottomBar={<BackTo page={back} />}>
    {children}
  </Layout>
);

function StateCard({ status }: Pick<FeedProps, 'status'>) {
  const { messages, paths } = usePage();
  const { feed: t } = messages;
  const { state, triggers, skipped } = status;
  const good = triggers.filter((trigger) => isGood(trigger.state)).length;
  const badge = {
    installed: 'badge-on',
    absent: 'badge-off',
    outdated: 'badge-error',
    broken: 'badge-error',
  }[state];
  return (
    <Card title={t.title}>
      <p>{t.lead}</p>
      <dl class="facts">
        <Fact label={t.state}>
          <span class={`badge ${badge}`}>{t.states[state]}</span>
        </Fact>
        <Fact label={t.triggers}>{t.triggerCount(good, triggers.length)}</Fact>
        {skipped.length > 0 && (
          <Fact label={t.skipped}>
            {skipped.join(', ')} <span class="field-help">{t.skippedHelp}</span>
          </Fact>
        )}
      </dl>
      <div class="form-buttons mt-3">
        {state !== 'installed' && (
          <a class="btn btn-ec-conversion" href={paths.feedInstall}>
            {state === 'absent' ? t.install : t.repair}
          </a>
        )}
        {state !== 'absent' && (
          <a class="btn btn-ec-delete" href={paths.feedRemove}>
            {t.remove}
          </a>
        )}
      </div>
    </Card>
  );
}

type WrongProps = { triggers: readonly TriggerState[] };

function WrongTriggers({ triggers }: WrongProps) {
  const { feed: t } = usePage().messages;
  return (
    <Card title={t.wrong} flush>
      <table class="table table-sm stacked">
        <caption class="visually-hidden">{t.wrong}</caption>
        <TableHead columns={[t.trigger, t.table, t.state]} />
        <tbody>
          {triggers.map(({ name, table, state }) => (
            <tr key={`${table} ${name}`}>
              <td data-label={t.trigger} data-wrap="anywhere">
                <code>{name}</code>
              </td>
              <td data-label={t.table} data-wrap="anywhere">
                <code>{table}</code>
              </td>
              <td data-label={t.state}>{t.triggerStates[state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function SizesCard({ status, deliveries }: Omit<FeedProps, 'hindrance'>) {
  const { feed: t } = usePage().messages;
  const rows = (n: number) => t.rows(groupDigits(n));
  const kept = Object.values(deliveries).reduce((sum, count) => sum + count, 0);
  return (
    <Card title={t.sizes}>
      <dl class="facts">
        <Fact label={t.changes}>{t.rows(countText(status.rows.changes))}</Fact>
        <Fact label={t.kept}>{rows(status.rows.feed)}</Fact>
        <Fact label={t.deliveries}>{t.rows(countText({ n: kept, more: kept >= DELIVERIES_COUNTED }))}</Fact>
        <Fact label={t.head}>{groupDigits(status.head)}</Fact>
      </dl>
    </Card>
  );
}

export type FeedConfirmProps = {
  readonly action: 'install' | 'remove';
  /** Webhooks that are switched on. */
  readonly served: number;
  /** What the database said when it was tried. */
  readonly problem?: string;
};

/** Posts `_token` to `paths.feedInstall` or `paths.feedRemove`. */
export function feedConfirmPage(
  context: AdminContext,
  { action, served, problem }: FeedConfirmProps,
): string {
  const { messages, paths } = context;
  const { feed: t, common } = messages;
  const installing = action === 'install';
  return renderPage(
    context,
    <FeedLayout page={action === 'install' ? 'feedInstall' : 'feedRemove'} back="feed">
      {problem !== undefined && (
        <Notice level="danger" urgent>
          <p>{t.failed}</p>
          <p>
            <code class="break-anywhere">{problem}</code>
          </p>
          <p class="mb-0">{t.failedNext}</p>
        </Notice>
      )}
      <Card title={t.title}>
        <p>{t[`${action}Text`]}</p>
        <ul>
          {t[`${action}Effects`].map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
          {!installing && <li>{t.served(served)}</li>}
        </ul>
        <form method="post" action={installing ? paths.feedInstall : paths.feedRemove} class="form-buttons">
          <CsrfField />
          <a class="btn btn-ec-sub" href={paths.feed}>
            {common.cancel}
          </a>
          <button type="submit" class={installing ? 'btn btn-ec-conversion' : 'btn btn-ec-delete'}>
            {t[action]}
          </button>
        </form>
      </Card>
    </FeedLayout>,
  );
}
