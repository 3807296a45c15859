/**
 * Passwords of members as EC-CUBE 4.0–4.3 store them: which hash it is, whether it fits, how a new one is made, and which
 * new ones are accepted. Refuses to know where rows come from. All slow work runs off the event loop.
 */
import { createHash, createHmac } from 'node:crypto';
import { constantTimeEqual } from '../../base/bytes.ts';
import { isCommonPassword } from './common-passwords.ts';

// Libraries of machine code: a start that meets no password does without them.
const bcrypt = () => import('@node-rs/bcrypt');
const argon2 = () => import('@node-rs/argon2');

/** The two columns of `dtb_member` that a password is checked against. */
export type StoredPassword = { readonly password: string; readonly salt: string | null };

export type PasswordSettings = {
  /** `ECCUBE_AUTH_MAGIC`. */
  readonly authMagic: string;
  /** `eccube_password_hash_algos`, lower case. */
  readonly hashAlgorithm?: 'sha256' | 'sha512' | 'sha1';
  /** bcrypt cost that every check is made up to; `EC_CUBE_COST` unless the operator says otherwise. */
  readonly cost?: number;
};

/** Why a new password is not accepted. */
export type PasswordFault = 'length' | 'characters' | 'common' | 'login-id' | 'shop-name';

/** EC-CUBE 4.3's (Symfony's native hasher). */
export const EC_CUBE_COST = 13;
const BCRYPT_MAX_BYTES = 72; // longer ones are cut by bcrypt itself
const PASSWORD_MAX_BYTES = 4096; // Symfony refuses longer ones unseen
const SHORTEST_TELLING_WORD = 4; // shorter ones occur in passwords by chance

/**
 * Characters of a new password. The least is EC-CUBE 4.2's. The most is more than the 50 of EC-CUBE's own form, since its
 * login reads any length (ASVS 6.2.9); 64 of a keyboard's characters are within what bcrypt reads.
 */
export const NEW_PASSWORD_LENGTH = { min: 12, max: 64 } as const;

/** Valid bcrypt values of a password no one knows, by cost; they only cost time. */
const decoyHash = (cost: number): string =>
  `$2y$${String(cost).padStart(2, '0')}$IDyPXSr3Dut0ANSN0LgN7uDtRPfmCcOg7kJmbPdnTFPOLvcM4ukK6`;

/**
 * Whether `plain` is the password behind `stored`. With `stored` undefined (no such member) the answer is no, after the
 * same work as for a member with a hash of EC-CUBE 4.3; cheaper stored hashes are made up to that amount, so that the
 * time tells no one which login ids exist. Only a shop's own argon2 or dearer bcrypt hashes take a time of their own.
 */
export async function verifyPassword(
  plain: string,
  stored: StoredPassword | undefined,
  settings: PasswordSettings,
): Promise<boolean> {
  if (plain === '' || Buffer.byteLength(plain) > PASSWORD_MAX_BYTES) return false;
  const fits = stored !== undefined && (await fitsStored(plain, stored, settings));
  for (const cost of await paddingCosts(stored?.password ?? '', settings.cost ?? EC_CUBE_COST))
    await fitsBcrypt(plain, decoyHash(cost));
  return fits;
}

/** A new hash that EC-CUBE 4.3 verifies (`$2y$13$…`). 4.0–4.2 cannot: see `hashLegacyPassword`. */
export const hashPassword = async (plain: string, cost = EC_CUBE_COST): Promise<string> =>
  (await bcrypt()).hash(bcryptInput(plain), { cost, version: '2y' });

/** A new hash in the formula of EC-CUBE 4.0–4.2, for shops whose PHP side knows no other. */
export const hashLegacyPassword = (plain: string, salt: string, settings: PasswordSettings): string =>
  createHmac(settings.hashAlgorithm ?? 'sha256', salt)
    .update(`${plain}:${settings.authMagic}`)
    .digest('hex');

/** Words that a guesser of this member's password would try. */
export type TellingWords = { readonly loginId: string; readonly shopName: string };

/**
 * The first rule that a password to be set breaks. None demands kinds of characters (ASVS 6.2.5): EC-CUBE's own form wants
 * a letter and a digit, which its login does not look at.
 */
export function judgeNewPassword(plain: string, words: TellingWords): PasswordFault | undefined {
  const length = [...plain].length;
  if (length < NEW_PASSWORD_LENGTH.min || length > NEW_PASSWORD_LENGTH.max) return 'length';
  if (/\p{Cc}/u.test(plain) || !plain.isWellFormed()) return 'characters';
  if (isCommonPassword(plain)) return 'common';
  if (holds(plain, words.loginId)) return 'login-id';
  return holds(plain, words.shopName) ? 'shop-name' : undefined;
}

/** Spaces and letter case hide nothing. */
function holds(plain: string, word: string): boolean {
  const bare = (text: string) => text.toLowerCase().replaceAll(/\s/g, '');
  return bare(word).length >= SHORTEST_TELLING_WORD && bare(plain).includes(bare(word));
}

async function fitsStored(
  plain: string,
  stored: StoredPassword,
  settings: PasswordSettings,
): Promise<boolean> {
  if (stored.password.startsWith('$2')) return fitsBcrypt(plain, stored.password);
  if (stored.password.startsWith('$argon2')) return fitsArgon2(plain, stored.password);
  return fitsLegacy(plain, stored, settings);
}

const fitsBcrypt = async (plain: string, hash: string): Promise<boolean> =>
  (await bcrypt()).verify(bcryptInput(plain), hash);

/** Symfony's native hasher, for what bcrypt would cut: base64 of the raw SHA-512. */
function bcryptInput(plain: string): string {
  if (Buffer.byteLength(plain) <= BCRYPT_MAX_BYTES && !plain.includes('\0')) return plain;
  return createHash('sha512').update(plain).digest('base64');
}

/** The library throws on a malformed hash; for us it is one that no password fits. */
const fitsArgon2 = async (plain: string, hash: string): Promise<boolean> =>
  (await argon2()).verify(hash, plain).catch(() => false);

/** EC-CUBE 4.0–4.2; rows without salt came from EC-CUBE 2 before 2.11. PHP counts the salt '0' as none. */
function fitsLegacy(plain: string, { password, salt }: StoredPassword, settings: PasswordSettings): boolean {
  if (password === '') return false;
  const hash =
    salt === null || salt === '' || salt === '0'
      ? createHash('sha1').update(`${plain}:${settings.authMagic}`).digest('hex')
      : hashLegacyPassword(plain, salt, settings);
  return constantTimeEqual(hash, password);
}

/**
 * Costs of the decoys that bring the work for `hash` up to one bcrypt of cost `whole`. The work doubles with each step, so
 * 2^c + (2^c + 2^(c+1) + … + 2^(whole-1)) = 2^whole.
 */
async function paddingCosts(hash: string, whole: number): Promise<number[]> {
  if (hash.startsWith('$argon2')) return [];
  const cost = await bcryptCost(hash);
  if (cost === undefined) return [whole];
  return Array.from({ length: Math.max(0, whole - cost) }, (_, step) => cost + step);
}

async function bcryptCost(hash: string): Promise<number | undefined> {
  if (!hash.startsWith('$2')) return undefined;
  const { parseOptions } = await bcrypt();
  try {
    return parseOptions(hash).cost;
  } catch {
    return undefined; // malformed: the verifier refuses it without work
  }
}
