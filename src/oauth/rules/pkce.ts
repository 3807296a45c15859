/** Proof Key for Code Exchange, method S256 only (RFC 7636; `plain` is refused, RFC 9700 §2.1.1). */
import { constantTimeEqual, sha256Base64url } from '../../base/bytes.ts';

// RFC 7636 §4.2: BASE64URL(SHA256(verifier)) is always 43 characters.
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
// RFC 7636 §4.1
const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

/** From its registration on an app is being built, and tried with PKCE and without. */
export const TRIED_OUT_SECONDS = 7 * 86_400;

/**
 * Whether a client's app must use PKCE. `auto`: not before it has done so once after its first days; `learned`: it has, and must from then on, or
 * an attacker who sends a browser here could leave PKCE out of its requests (RFC 9700 §4.8.2).
 */
export type PkcePolicy = 'auto' | 'learned' | 'required' | 'optional';

/** What may be chosen for a client. `auto` keeps what was learned, `again` starts over. */
export const PKCE_CHOICES = ['auto', 'again', 'required', 'optional'] as const;
export type PkceChoice = (typeof PKCE_CHOICES)[number];

/** What is written: a choice, or what a client has already. */
export type PkceSetting = PkceChoice | PkcePolicy;

export type ChallengeVerdict = { ok: true; challenge: string | null } | { ok: false; why: string };

/** Judges `code_challenge` and `code_challenge_method` of an authorization request. */
export function judgeChallenge(
  challenge: string | undefined,
  method: string | undefined,
  required: boolean,
): ChallengeVerdict {
  if (challenge === undefined) {
    if (method !== undefined)
      return { ok: false, why: 'code_challenge_method is sent without code_challenge.' };
    if (required)
      return { ok: false, why: 'code_challenge is required (PKCE with code_challenge_method S256).' };
    return { ok: true, challenge: null };
  }
  // RFC 7636 §4.3: an absent method means plain, which is not offered.
  if (method !== 'S256') return { ok: false, why: 'code_challenge_method must be S256.' };
  if (!CHALLENGE.test(challenge))
    return { ok: false, why: 'code_challenge must be 43 base64url characters.' };
  return { ok: true, challenge };
}

export type VerifierVerdict = 'ok' | 'missing' | 'unexpected' | 'malformed' | 'mismatch';

/** RFC 7636 §4.6, and RFC 9700 §4.8.2: a verifier without a challenge is a downgrade attempt. */
export function judgeVerifier(challenge: string | null, verifier: string | undefined): VerifierVerdict {
  if (challenge === null) return verifier === undefined ? 'ok' : 'unexpected';
  if (verifier === undefined) return 'missing';
  if (!VERIFIER.test(verifier)) return 'malformed';
  return constantTimeEqual(sha256Base64url(verifier), challenge) ? 'ok' : 'mismatch';
}
