/** What can be a login id at all (`dtb_member.login_id`, varchar(255)). */

const MAX_LENGTH = 255;

/** Subjects of clients that act as themselves begin so (oauth/rules/claims.ts); a member never can (RFC 9700 §4.15.1). */
const RESERVED = 'urn:tegata:';

/** Whether a row could hold it: anything else (NUL, broken Unicode, too long) is unknown without asking the database. */
export const isLoginId = (text: string): boolean =>
  text !== '' &&
  text.length <= MAX_LENGTH &&
  text.isWellFormed() &&
  !/\p{Cc}/u.test(text) &&
  !text.startsWith(RESERVED);
