/** EC-CUBE's allowed and denied addresses for the admin and for everything else (docs/eccube/admin.md, Allowed and denied addresses). */
import { isIP } from 'node:net';
import { rangesOf } from '../outbound/allowed-addresses.ts';

export type HostLists = { readonly allow: readonly string[]; readonly deny: readonly string[] };

/** A function that tells whether an address may come in. An address in both lists may not. */
export function hostGate({ allow, deny }: HostLists): (address: string) => boolean {
  if (allow.length === 0 && deny.length === 0) return () => true;
  const [allowed, denied] = [rangesOf(allow), rangesOf(deny)];
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
    if (denied.check(plain, family)) return false;
    return allow.length === 0 || allowed.check(plain, family);
  };
}
