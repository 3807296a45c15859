/** What Prometheus is told of tokens, operations and webhooks: words of the protocols, never a caller's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { callApi, newTokens, postToken } from '../support/oauth-walks.ts';

const MONITORING = join(import.meta.dirname, '../../deploy/monitoring');
const DOCUMENT = readFileSync(join(import.meta.dirname, '../../docs/metrics.md'), 'utf8');

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let text: string;
  beforeAll(async () => {
    const client = await server.it.client();
    const { access } = await newTokens(server.it, await loggedIn(server.it), client);
    await postToken(server.it, { grant_type: 'made up <script>', client_id: 'x' });
    await postToken(server.it, {
      grant_type: 'refresh_token',
      client_id: client.clientId,
      client_secret: client.secret,
      refresh_token: 'x',
    });
    await callApi(server.it, access, '{ products(limit: 1) { totalCount } }');
    await callApi(server.it, access, '{ nothing_of_the_kind }');
    await callApi(
      server.it,
      access,
      'mutation { updateProductStock(code: "no-such-code", stock: 1, stock_unlimited: false) { id } }',
    );
    text = await (await fetch(`${server.it.url}/metrics`)).text();
  });

  test.each([
    'tegata_token_answers_total{grant_type="authorization_code",error="none"} 1',
    'tegata_token_answers_total{grant_type="refresh_token",error="invalid_grant"} 1',
    'tegata_token_answers_total{grant_type="other",error="',
    'tegata_graphql_operations_total{kind="query",outcome="ok"} 1',
    'tegata_graphql_operations_total{kind="mutation",outcome="errors"} 1',
    'tegata_graphql_operations_total{kind="none",outcome="refused"} 1',
    'tegata_webhook_oldest_pending_seconds 0',
    'tegata_webhook_delivery_lag_seconds_count 0',
  ])('%s', (line) => {
    expect(text).toContain(line);
  });

  test('no label repeats what a caller wrote', () => {
    expect(text).not.toContain('made up');
    expect(text).not.toContain('nothing_of_the_kind');
  });

  test('the document names every metric of ours, and none that is not there', () => {
    const own = [...text.matchAll(/^# TYPE (tegata_(?!process_|nodejs_)\S+)/gm)].map(([, name]) => name);
    // Those of a replica are there with one: test/database/read-replica.test.ts.
    const named = [...DOCUMENT.matchAll(/`(tegata_(?!replica_)[a-z_]+)`/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual(own.sort());
  });

  test.each(['alerts.yaml', 'grafana.json'])(
    'deploy/monitoring/%s asks for nothing that is not told',
    (file) => {
      const told = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
      const asked = readFileSync(join(MONITORING, file), 'utf8').match(/\btegata_\w+/g) ?? [];
      expect(asked.length).toBeGreaterThan(10);
      expect(asked.filter((name) => !told.has(name.replace(/_(?:bucket|count)$/, '')))).toEqual([]);
    },
  );
});
