/** Asks before a shop is taken over, given back, or the move is completed: what it does, in numbers. */
import type { TakeoverPlan } from '../../takeover/plan.ts';
import type { TakeoverStatus } from '../../takeover/status.ts';
import type { Undone } from '../../takeover/undo.ts';
import { type AskFirstProps, askFirstPage } from '../ui/ask-first.tsx';
import type { AdminContext } from '../ui/context.ts';

/** Whether the password is due, and what was lacking when it was tried. */
export type StepAsked = Pick<AskFirstProps, 'ask' | 'lacks'>;

const backOf = ({ paths, messages }: AdminContext) => ({
  href: paths.takeover,
  label: messages.takeover.title,
});

/** Posts `_token`, and `password` when it is asked for, to `paths.takeoverApply`. */
export function takeoverApplyPage(
  context: AdminContext,
  { clients, webhooks, tokens }: TakeoverPlan,
  asked: StepAsked,
): string {
  const { takeover: t } = context.messages;
  const { apply } = t.ask;
  return askFirstPage(context, {
    page: 'takeoverApply',
    question: apply.question,
    effects: [
      apply.clients(clients.filter(({ outcome }) => outcome === 'created').length),
      apply.webhooks(webhooks.length),
      apply.tokens(tokens.access, tokens.refresh),
      apply.next,
      apply.undo,
    ],
    action: context.paths.takeoverApply,
    submit: t.apply,
    back: backOf(context),
    ...asked,
    gentle: true,
  });
}

/** Posts `_token`, and `password` when it is asked for, to `paths.takeoverUndo`. */
export function takeoverUndoPage(
  context: AdminContext,
  { clients, webhooks, ownRefreshTokens }: Undone,
  asked: StepAsked,
): string {
  const { takeover: t } = context.messages;
  const { undo } = t.ask;
  const written = clients.filter(({ outcome }) => outcome !== 'same' && outcome !== 'stays').length;
  const given = webhooks.filter(({ outcome }) => outcome !== 'stays').length;
  return askFirstPage(context, {
    page: 'takeoverUndo',
    question: undo.question,
    effects: [
      undo.clients(written),
      ...clients.filter(({ outcome }) => outcome === 'stays').map(({ name }) => undo.stays(name)),
      undo.webhooks(given),
      undo.refresh,
      ...(ownRefreshTokens > 0 ? [undo.own(ownRefreshTokens)] : []),
      undo.access,
      undo.next,
    ],
    action: context.paths.takeoverUndo,
    submit: t.undo,
    back: backOf(context),
    ...asked,
  });
}

/** Posts `_token`, and `password` when it is asked for, to `paths.takeoverFinish`. */
export function takeoverFinishPage(
  context: AdminContext,
  { state, waiting }: TakeoverStatus,
  asked: StepAsked,
): string {
  const { takeover: t } = context.messages;
  const { finish } = t.ask;
  return askFirstPage(context, {
    page: 'takeoverFinish',
    question: finish.question,
    effects: [
      ...(state === 'returned' ? [finish.returned] : [finish.open, finish.waiting(waiting.refresh)]),
      finish.noUndo,
    ],
    action: context.paths.takeoverFinish,
    submit: t.finish,
    back: backOf(context),
    ...asked,
  });
}
