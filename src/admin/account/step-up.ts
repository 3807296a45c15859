/** The password again, before acts that a left-open browser must not do: asked within the form, so that nothing is lost. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { confirmPassword } from '../../staff/confirm-password.ts';
import { isConfirmed } from '../../staff/rules/session.ts';
import { formOf } from '../form.ts';
import { PageError } from '../page-error.ts';
import { mustWait } from '../replies.ts';
import { originOf } from '../request.ts';
import type { AskPassword } from '../ui/password-again.tsx';
import { type AdminKit, enter, type MemberVisit } from '../visit.ts';

export type StepUp =
  /** Go on with this visit: its session may be a new one. */
  | { readonly kind: 'ok'; readonly visit: MemberVisit }
  /** Show the form again, asking for the password. */
  | { readonly kind: 'ask'; readonly ask: AskPassword };

/** What a form shown now has to ask; undefined while the password was given lately. */
export const askOf = ({ deps }: AdminKit, { session }: MemberVisit): AskPassword | undefined =>
  isConfirmed(session, deps.identity.clock.now()) ? undefined : {};

/** Judges a form that came with the field `password`, if it was asked for. */
export async function stepUp(
  kit: AdminKit,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<StepUp> {
  if (askOf(kit, visit) === undefined) return { kind: 'ok', visit };
  const password = formOf(request).text('password');
  if (password === '') return { kind: 'ask', ask: {} };
  const result = await confirmPassword(kit.deps.identity, visit.session, password, originOf(request));
  switch (result.kind) {
    case 'ok':
      return { kind: 'ok', visit: enter(kit, visit, reply, result) };
    case 'wrong':
      return { kind: 'ask', ask: { problem: 'wrong' } };
    case 'locked':
      mustWait(reply, result.minutes * 60);
      return { kind: 'ask', ask: { problem: { throttledMinutes: result.minutes } } };
    case 'expired':
      throw new PageError('login_required', 401);
  }
}
