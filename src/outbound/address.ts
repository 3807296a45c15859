/**
 * Mail addresses as they may stand in a header. Old Japanese mobile phones have addresses that break RFC 5322 (two dots
 * in a row, a dot before the `@`); such a local part is quoted, as EC-CUBE does.
 */

const ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]";
const DOT_ATOM = new RegExp(`^${ATEXT}+(?:\\.${ATEXT}+)*$`);
const LOOSE_ATOM = new RegExp(`^(?:${ATEXT}|\\.)+$`);
const QUOTED = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])+"$/;
const DOMAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;

/** The address fit for a header; undefined when nothing can be sent to it. Line breaks and lists never pass. */
export function sendableAddress(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || domain.length > 253 || local.length > 64 || !DOMAIN.test(domain)) return undefined;
  if (DOT_ATOM.test(local) || QUOTED.test(local)) return address;
  return LOOSE_ATOM.test(local) ? `"${local}"@${domain}` : undefined;
}
