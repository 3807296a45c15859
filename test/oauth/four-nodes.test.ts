/** Four nodes on one database, all of them asked without a pause: what one revokes is refused by all of them a second later. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endGrant, switchClient } from '../../src/oauth/clients.ts';
import { grantOfJti } from '../../src/oauth/rules/claims.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { credentials } from '../support/oauth-walks.ts';
import { claimsOf, ownToken } from './support/asking.ts';
import { machine, NOBODY } from './support/policy-client.ts';
import { type Node, secondNode } from './support/second-node.ts';

const NODES = 4;
const ROUNDS = 3; // each began, of the last ones at the least, after what it is asked about

eachDatabase((db) => {
  if (db.name === 'sqlite') {
    // Nodes of one process would wait for each other's writes.
    test('nothing is remembered of a token', () => expect(db.open().kit.livenessTtlMs).toBe(0));
    return;
  }
  const server = useOAuthServer(db);
  const nodes: Node[] = [];
  beforeAll(async () => {
    for (let node = 0; node < NODES; node += 1) nodes.push(await secondNode(server.it));
  });
  afterAll(() => Promise.all(nodes.map((node) => node.close())));

  test('a token, a grant and a client that one node ends are ended everywhere within a second', async () => {
    const clients = await Promise.all(Array.from({ length: 4 }, () => machine(server.it)));
    const tokens = await Promise.all(clients.map((client) => ownToken(server.it, client)));
    const [byToken, byGrant, byClient] = clients;
    const first = nodes[0];
    if (!first || !byToken || !byGrant || !byClient) throw new Error('no node');
    const rounds = nodes.map(() => 0);
    let asking = true;
    /** Of each node, what the latest round said of each token. */
    const said: number[][] = [];
    const load = nodes.map(async (node, place) => {
      while (asking) {
        said[place] = await Promise.all(tokens.map((token) => node.api(token)));
        rounds[place] = (rounds[place] ?? 0) + 1;
      }
    });
    const moreRounds = async () => {
      const from = [...rounds];
      const least = () => Math.min(...rounds.map((count, place) => count - (from[place] ?? 0)));
      await expect.poll(least).toBeGreaterThanOrEqual(ROUNDS);
    };
    try {
      await moreRounds();
      expect(said).toEqual(nodes.map(() => [200, 200, 200, 200]));
      const revoked = await first.post('/revoke', { token: tokens[0] ?? '', ...credentials(byToken) });
      expect(revoked.statusCode).toBe(200);
      const deps = first.services.clients;
      const grantId = grantOfJti(String(claimsOf(tokens[1] ?? '').jti)) ?? '';
      await endGrant(deps, byGrant.clientId, grantId, NOBODY);
      await switchClient(deps, byClient.clientId, false, NOBODY);
      server.it.clock.advance(1);
      await moreRounds();
      expect(said).toEqual(nodes.map(() => [401, 401, 401, 200]));
    } finally {
      asking = false;
      await Promise.all(load);
    }
  });
});
