/** プラグインからの切り替え: how far it has come, what would come, and the pages that ask before each step. */
import type { TakeoverPlan } from '../../takeover/plan.ts';
import type { TakeoverStatus } from '../../takeover/status.ts';
import { Card, Fact } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Notice } from '../ui/flash.tsx';
import { BackTo, Layout } from '../ui/layout.tsx';
import { dateTime } from '../ui/time.ts';

export type TakeoverProps = {
  readonly status: TakeoverStatus;
  /** Undefined when the move is complete: nothing more would come. */
  readonly plan: TakeoverPlan | undefined;
};

export function takeoverPage(context: AdminContext, props: TakeoverProps): string {
  const { takeover: t } = context.messages;
  const { plan } = props;
  return renderPage(
    context,
    <Layout page="takeover" bottomBar={<BackTo page="plugins" />}>
      <p>{t.lead}</p>
      <StateCard {...props} />
      {plan && plan.plugin !== undefined && <PlanCard plan={plan} />}
    </Layout>,
  );
}

const STEPS = ['plan', 'apply', 'proxy', 'finish'] as const;

/** How many of the steps are done. */
const DONE: Readonly<Record<TakeoverStatus['state'], number>> = {
  none: 0,
  open: 2,
  returned: 0,
  finished: STEPS.length,
  ended: 0,
};

function StateCard({ status, plan }: TakeoverProps) {
  const { messages, timeZone } = usePage();
  const { takeover: t } = messages;
  const { state, changedAt, honouredUntil, pluginIssued, webhooksBehind } = status;
  return (
    <Card title={t.state}>
      <p>
        <strong>{t.states[state]}</strong>
        {changedAt !== null && <> {t.since(dateTime(changedAt, timeZone))}</>}
      </p>
      {honouredUntil !== null && state === 'finished' && <p>{t.until(dateTime(honouredUntil, timeZone))}</p>}
      {state === 'open' && pluginIssued > 0 && (
        <Notice level="warning">{t.stillIssuing(pluginIssued)}</Notice>
      )}
      {webhooksBehind > 0 && <Notice level="info">{t.webhooksBehind(webhooksBehind)}</Notice>}
      {(plan?.blockers ?? []).map((blocker) => (
        <Notice level="warning" key={blocker}>
          {t.blockers[blocker]}
        </Notice>
      ))}
      {state !== 'none' && state !== 'ended' && <Progress status={status} />}
      <Steps
        done={DONE[state] + (state === 'open' && status.waiting.refresh === 0 && pluginIssued === 0 ? 1 : 0)}
      />
      <Buttons status={status} mayApply={plan !== undefined && plan.blockers.length === 0} />
    </Card>
  );
}

function Progress({ status: { progress, honoured, waiting } }: { status: TakeoverStatus }) {
  const { takeover: t } = usePage().messages;
  return (
    <div class="mb-3">
      <label for="takeover-progress">{t.progress}</label>
      <progress class="w-100" id="takeover-progress" value={progress} max={100}>
        {progress} %
      </progress>
      <p>{t.progressText(honoured, waiting.refresh)}</p>
    </div>
  );
}

function Steps({ done }: { done: number }) {
  const { takeover: t } = usePage().messages;
  return (
    <>
      <h4 class="h6">{t.steps}</h4>
      <ol>
        {STEPS.map((step, place) => (
          <li key={step} aria-current={place === done ? 'step' : undefined}>
            {t.step[step]}
            {place < done && <> — {t.done}</>}
            {place === done && (
              <>
                {' '}
                — <strong>{t.now}</strong>
              </>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Buttons({ status: { state, plugin }, mayApply }: { status: TakeoverStatus; mayApply: boolean }) {
  const { messages, paths } = usePage();
  const { takeover: t } = messages;
  return (
    <div class="form-buttons">
      {(state === 'open' || state === 'returned') && (
        <a class="btn btn-ec-sub" href={paths.takeoverFinish}>
          {t.finish}
        </a>
      )}
      {state === 'open' && plugin !== undefined && (
        <a class="btn btn-ec-sub" href={paths.takeoverUndo}>
          {t.undo}
        </a>
      )}
      {mayApply && (
        <a class="btn btn-ec-conversion" href={paths.takeoverApply}>
          {state === 'open' ? t.applyAgain : t.apply}
        </a>
      )}
    </div>
  );
}

function PlanCard({ plan }: { plan: TakeoverPlan }) {
  const { takeover: t } = usePage().messages;
  const { clients, webhooks, unfitUrls, tokens, keys, plugin, lostApprovers } = plan;
  const outcomes = (wanted: string): number => clients.filter(({ outcome }) => outcome === wanted).length;
  return (
    <Card title={t.plan}>
      <dl>
        <Fact label={t.plugin}>{t.plugins[plugin ?? 'none']}</Fact>
        <Fact label={t.clients}>
          {t.clientCounts(outcomes('created'), outcomes('exists'), outcomes('refused'))}
          <Remarks
            texts={clients.flatMap(({ identifier, name, outcome, hasShortSecret }) => [
              ...(outcome === 'refused' ? [t.refused(name || identifier)] : []),
              ...(hasShortSecret ? [t.shortSecret(name || identifier)] : []),
            ])}
          />
        </Fact>
        <Fact label={t.webhooks}>
          {t.webhookCounts(webhooks.length, unfitUrls.length)}
          <Remarks
            texts={webhooks.flatMap(({ payloadUrl, leads }) =>
              leads === 'private' ? [t.privateUrl(payloadUrl)] : [],
            )}
          />
        </Fact>
        <Fact label={t.tokens}>
          {t.tokenCounts(tokens.access, tokens.refresh, tokens.codes)}
          <Remarks texts={lostApprovers.map(t.lostApprover)} />
        </Fact>
        <Fact label={t.key}>
          {keys.signing.ok ? t.keyFound(keys.signing.from, keys.signing.bits) : t.keyMissing}
        </Fact>
        <Fact label={t.password}>{keys.isUsualPassword ? t.passwordUsual : t.passwordOwn}</Fact>
      </dl>
    </Card>
  );
}

function Remarks({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <ul>
      {texts.map((text) => (
        <li class="break-anywhere" key={text}>
          {text}
        </li>
      ))}
    </ul>
  );
}
