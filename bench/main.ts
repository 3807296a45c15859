/** `npm run bench -- NAME`: runs one benchmark. To add one: a file beside this and a line in `BENCHES`. */
import { benchApi } from './api.ts';
import { benchFeed } from './feed.ts';
import { benchGrowth } from './growth.ts';
import { benchPeers } from './peers.ts';
import { benchRevocation } from './revocation.ts';
import { benchRevoked } from './revoked.ts';
import { benchScale } from './scale.ts';
import { benchToken } from './token.ts';
import { benchWrite } from './write.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  api: benchApi,
  feed: benchFeed,
  growth: benchGrowth,
  peers: benchPeers,
  revocation: benchRevocation,
  revoked: benchRevoked,
  scale: benchScale,
  token: benchToken,
  write: benchWrite,
};

const name = process.argv[2] ?? '';
const bench = BENCHES[name];
if (bench) {
  await bench();
} else {
  console.error(`no benchmark "${name}"; there are: ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 2;
}
