/** 署名鍵: the keys and their states, the form that turns them, the button that clears old ones away. */

import type { Count } from '../../database/keyset.ts';
import { type KeyState, SIGNING_ALGORITHMS, type SigningAlgorithm } from '../../oauth/keys/keyring.ts';
import type { ShownKey } from '../../oauth/keys/rotation.ts';
import { askFirstPage } from '../ui/ask-first.tsx';
import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Choice, GroupRow, Help } from '../ui/form.tsx';
import { Layout } from '../ui/layout.tsx';
import type { AskPassword } from '../ui/password-again.tsx';
import { ActionsTableHead } from '../ui/table-head.tsx';
import { countText, dateTime } from '../ui/time.ts';

export type KeysProps = {
  readonly keys: readonly ShownKey[];
  /** What the form chooses for the new next key. */
  readonly alg: SigningAlgorithm;
  /** How many old keys may go. */
  readonly removable: number;
};

export function keysPage(context: AdminContext, props: KeysProps): string {
  const { keys: t } = context.messages;
  return renderPage(
    context,
    <Layout page="keys">
      <p>{t.lead}</p>
      <Card title={t.list} flush>
        <KeyTable keys={props.keys} />
      </Card>
      <RotateCard {...props} />
      {props.keys.some(({ state }) => state === 'old') && <RetireCard removable={props.removable} />}
    </Layout>,
  );
}

function KeyTable({ keys }: { keys: readonly ShownKey[] }) {
  const { messages, paths, timeZone } = usePage();
  const { keys: t } = messages;
  return (
    <table class="table table-sm stacked">
      <caption class="visually-hidden">{t.caption}</caption>
      <ActionsTableHead columns={[t.state, t.algorithm, t.kid, t.since]} />
      <tbody>
        {keys.map(({ kid, alg, state, since, removableAt }) => (
          <tr key={kid}>
            <th scope="row" data-label={t.state}>
              {t.states[state]}
            </th>
            <td data-label={t.algorithm}>{alg}</td>
            <td data-label={t.kid} data-wrap="anywhere">
              <code>{kid}</code>
            </td>
            <td data-label={t.since}>
              <div>
                <div class="line">{dateTime(since, timeZone)}</div>
                {removableAt !== null && (
                  <div class="line">{t.removable(dateTime(removableAt, timeZone))}</div>
                )}
              </div>
            </td>
            <td>
              <a class="btn btn-ec-regular btn-sm text-nowrap" href={paths.keyRetireNow(kid)}>
                {t.retireNow}
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Sends `alg` to the page that asks first. */
function RotateCard({ alg: chosen }: KeysProps) {
  const { messages, paths } = usePage();
  const { keys: t } = messages;
  return (
    <Card title={t.rotation}>
      <ul>
        {t.effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      <form method="get" action={paths.keyRotate}>
        <GroupRow id="alg" label={t.nextAlgorithm}>
          {SIGNING_ALGORITHMS.map((alg) => (
            <Choice
              key={alg}
              type="radio"
              id={`alg-${alg}`}
              name="alg"
              value={alg}
              checked={alg === chosen}
              label={t.algorithms[alg]}
            />
          ))}
          <Help id="alg">{t.nextAlgorithmHelp}</Help>
        </GroupRow>
        <button type="submit" class="btn btn-ec-regular px-5">
          {t.rotate}
        </button>
      </form>
    </Card>
  );
}

function RetireCard({ removable }: { removable: number }) {
  const { messages, paths } = usePage();
  const { keys: t } = messages;
  return (
    <Card title={t.retiring}>
      <p>{removable === 0 ? t.noneRemovable : t.someRemovable(removable)}</p>
      {removable > 0 && (
        <a class="btn btn-ec-regular" href={paths.keyRetire}>
          {t.retire}
        </a>
      )}
    </Card>
  );
}

export type RotateProps = {
  /** `kid` of the key that signs now. */
  readonly signing: string;
  readonly alg: SigningAlgorithm;
  readonly callsInDay: number;
  readonly ask: AskPassword | undefined;
};

/** Posts `alg`, `from` (the key that signed when the page was shown), `_token`, and `password` when it is asked for. */
export function rotatePage(context: AdminContext, { signing, alg, callsInDay, ask }: RotateProps): string {
  const { messages, paths } = context;
  const { asks, keys: t } = messages;
  return askFirstPage(context, {
    page: 'keyRotate',
    question: asks.rotate.question,
    effects: [...t.effects, t.chosen(t.algorithms[alg]), asks.apiUsedInDay(callsInDay), asks.rotate.undo],
    action: paths.keyRotate,
    hidden: { from: signing, alg },
    submit: asks.rotate.submit,
    back: { href: paths.keys, label: t.title },
    ask,
    gentle: true,
  });
}

export function retirePage(context: AdminContext, { removable }: Pick<KeysProps, 'removable'>): string {
  const { messages, paths } = context;
  const { retire: t } = messages.asks;
  return askFirstPage(context, {
    page: 'keyRetire',
    question: t.question(removable),
    effects: [t.effect, t.noUndo],
    action: paths.keyRetire,
    submit: t.submit,
    back: { href: paths.keys, label: messages.keys.title },
  });
}

export type RetireNowProps = {
  readonly kid: string;
  readonly state: KeyState;
  /** Signed by this key and still valid. */
  readonly liveTokens: Count;
  readonly callsInDay: number;
  readonly ask: AskPassword | undefined;
};

/** Posts `_token`, and `password` when it is asked for, to `paths.keyRetireNow(kid)`. */
export function retireNowPage(context: AdminContext, props: RetireNowProps): string {
  const { messages, paths } = context;
  const { asks, keys } = messages;
  const { retireNow: t } = asks;
  const { kid, state, liveTokens, callsInDay, ask } = props;
  return askFirstPage(context, {
    page: 'keyRetireNow',
    question: t.question,
    effects: [
      t.which(kid, keys.states[state]),
      t.tokens(countText(liveTokens)),
      ...(liveTokens.n > 0 ? [t.goOn] : []),
      asks.apiUsedInDay(callsInDay),
      t.replaced[state],
      t.verifiers,
      t.others,
      t.noUndo,
    ],
    action: paths.keyRetireNow(kid),
    submit: t.submit,
    back: { href: paths.keys, label: keys.title },
    ask,
  });
}
