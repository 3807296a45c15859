/** Judges the redemption of an authorization code (RFC 6749 §4.1.3, RFC 7636 §4.6). Values in, verdict out. */
import type { Params } from './params.ts';
import { judgeVerifier, type VerifierVerdict } from './pkce.ts';

export type PresentedCode = {
  readonly grantId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly redirectUriSent: boolean;
  readonly codeChallenge: string | null;
  readonly expiresAt: number;
  readonly usedAt: number | null;
  /** Why an earlier attempt spent the code without a grant. */
  readonly refusedBecause: string | null;
};

export type CodeVerdict =
  | { kind: 'issue' }
  /** The code was used before: everything that came from it must end (RFC 6749 §4.1.2, RFC 9700 §4.2.4). */
  | { kind: 'replay' }
  /** `burn`: the attempt spends the code, so that a verifier cannot be guessed at leisure (CVE-2026-41213). */
  | { kind: 'refuse'; description: string; burn: boolean };

const refuse = (description: string, burn = false): CodeVerdict => ({ kind: 'refuse', description, burn });

const VERIFIER_FAULTS: Record<Exclude<VerifierVerdict, 'ok'>, string> = {
  missing: 'code_verifier is missing; the authorization request carried a code_challenge.',
  unexpected: 'code_verifier is sent, but the authorization request carried no code_challenge.',
  malformed: 'code_verifier must be 43 to 128 characters of A-Z a-z 0-9 - . _ ~.',
  mismatch: 'code_verifier does not match the code_challenge.',
};

const PKCE_BY_NOW = 'The client must use PKCE by now; the authorization request carried no code_challenge.';

/** `demandsPkce`: of the client as it is now; the code may be older. */
export function judgeCode(
  code: PresentedCode | undefined,
  { clientId, demandsPkce }: { readonly clientId: string; readonly demandsPkce: boolean },
  params: Params,
  now: number,
): CodeVerdict {
  if (!code) return refuse('The authorization code is not valid.');
  // Another client's attempt must not spend the code of its owner.
  if (code.clientId !== clientId) return refuse('The authorization code was issued to another client.');
  // Nothing came from it: some clients ask again in another way, and are told the same again.
  if (code.refusedBecause !== null) return refuse(code.refusedBecause);
  if (code.usedAt !== null) return { kind: 'replay' };
  if (code.expiresAt <= now) return refuse('The authorization code has expired.');
  const uri = redirectFault(code, params.get('redirect_uri'));
  if (uri !== undefined) return refuse(uri, true);
  const verifier = judgeVerifier(code.codeChallenge, params.get('code_verifier'));
  if (verifier !== 'ok') return refuse(VERIFIER_FAULTS[verifier], true);
  if (demandsPkce && code.codeChallenge === null) return refuse(PKCE_BY_NOW, true);
  return { kind: 'issue' };
}

/** RFC 6749 §4.1.3: required and identical when the authorization request named it. */
function redirectFault(code: PresentedCode, sent: string | undefined): string | undefined {
  if (sent === undefined) return code.redirectUriSent ? 'redirect_uri is missing.' : undefined;
  return sent === code.redirectUri
    ? undefined
    : 'redirect_uri differs from the one in the authorization request.';
}
