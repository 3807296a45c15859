/** `npm run bench -- NAME`: runs one benchmark. To add one: a file beside this and a line in `BENCHES`, with what may follow its name. */
import { benchApi } from './api.ts';
import { benchFeed } from './feed.ts';
import { benchGrowth } from './growth.ts';
import { benchPeers } from './peers.ts';
import { benchRevocation } from './revocation.ts';
import { benchRevoked } from './revoked.ts';
import { benchScale } from './scale.ts';
import { givenFault, type Taken } from './support/given.ts';
import { benchToken } from './token.ts';
import { benchWrite } from './write.ts';

type Bench = Taken & { readonly run: () => Promise<void> };

const NONE = /^(?!)/;
const DATABASE = /^(?:sqlite|[a-z]+:.+)$/;

const BENCHES: Readonly<Record<string, Bench>> = {
  api: { run: benchApi, options: ['rounds', 'posts'], words: /^(?:catalogue|orders|export)$/ },
  feed: { run: benchFeed, options: [], words: DATABASE },
  growth: {
    run: benchGrowth,
    options: ['asks'],
    words: /^(?:sqlite|postgres|mariadb|products|orders|customers|[1-9]\d*)$/,
  },
  peers: { run: benchPeers, options: ['rounds', 'posts', 'place', 'json'], words: NONE },
  revocation: { run: benchRevocation, options: [], words: DATABASE },
  revoked: { run: benchRevoked, options: [], words: NONE },
  scale: { run: benchScale, options: ['memory', 'write'], words: NONE },
  token: { run: benchToken, options: ['rounds', 'posts', 'place'], words: NONE },
  write: { run: benchWrite, options: [], words: /^(?:rates|memory|sqlite|[a-z]+:.+)$/ },
};

const [name = ''] = process.argv.slice(2);
const bench = BENCHES[name];
const fault = bench
  ? givenFault(bench, process.argv.slice(2))
  : `no benchmark “${name}”; there are: ${Object.keys(BENCHES).join(', ')}`;
if (bench && fault === undefined) {
  await bench.run();
} else {
  console.error(fault);
  process.exitCode = 2;
}
