/** The password again, before acts that a left-open browser must not do: asked within the form, so that nothing is lost. */
import { confirmPassword } from '../../staff/confirm-password.ts';
import { isConfirmed } from '../../staff/rules/session.ts';
import { enter, type MemberExchange } from '../exchange.ts';
import { formOf } from '../form.ts';
import { PageError } from '../page-error.ts';
import { mustWait } from '../replies.ts';
import { browserOriginOf } from '../request.ts';
import type { AskPassword } from '../ui/password-again.tsx';

export type StepUp =
  /** Go on with this exchange: its session may be a new one. */
  | { readonly ok: true; readonly exchange: MemberExchange }
  /** Show the form again, asking for the password. */
  | { readonly ok: false; readonly ask: AskPassword };

/** Returns what a form shown now has to ask; undefined while the password was given lately. */
export const askOf = ({ kit, visit }: MemberExchange): AskPassword | undefined =>
  isConfirmed(visit.session, kit.deps.identity.clock.now()) ? undefined : {};

/** Judges a form that came with the field `password`, if it was asked for. */
export async function stepUp(exchange: MemberExchange): Promise<StepUp> {
  if (askOf(exchange) === undefined) return { ok: true, exchange };
  const password = formOf(exchange).text('password');
  if (password === '') return { ok: false, ask: {} };
  const { identity } = exchange.kit.deps;
  const result = await confirmPassword(identity, exchange.visit.session, password, browserOriginOf(exchange));
  switch (result.kind) {
    case 'ok':
      return { ok: true, exchange: enter(exchange, result) };
    case 'wrong':
      return { ok: false, ask: { problem: 'wrong' } };
    case 'locked':
      mustWait(exchange, result.minutes * 60);
      return { ok: false, ask: { problem: { throttledMinutes: result.minutes } } };
    case 'expired':
      throw new PageError('login_required', 401);
  }
}
