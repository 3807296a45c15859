/** EC-CUBE's allowed and denied addresses for the admin and for everything else (admin-login.md §7). */
import { BlockList, isIP } from 'node:net';

export type HostLists = { readonly allow: readonly string[]; readonly deny: readonly string[] };

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** A function that tells whether an address may come in. An address in both lists may not. */
export function hostGate({ allow, deny }: HostLists): (address: string) => boolean {
  const [allowed, denied] = [blockList(allow), blockList(deny)];
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
    if (denied.check(plain, family)) return false;
    return allow.length === 0 || allowed.check(plain, family);
  };
}
