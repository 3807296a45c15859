/** docs/deploy/quick.md, command by command, on a shop's own database behind the real nginx, with a stub in EC-CUBE's place. */
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { openStore } from '../../src/database/open.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { createEmbeddedShop } from '../../src/shop/store/embedded-shop.ts';
import { type EcCubeStub, startEcCubeStub } from '../support/ec-cube-stub.ts';
import { freePort } from '../support/free-port.ts';
import { describeUnless } from '../support/left-out.ts';
import { scratchFolder } from '../support/scratch.ts';
import { runInShell } from './shell.ts';
import { type Certificate, lackingServer, makeCertificate, startWebServer } from './web-servers.ts';

const ROOT = join(import.meta.dirname, '../..');
const STEPS = ['values', 'install', 'tables', 'start', 'proxy', 'reload', 'check', 'client', 'call'] as const;

type Step = (typeof STEPS)[number];

function stepsOf(page: string): Readonly<Record<Step, string>> {
  const found = readFileSync(join(ROOT, page), 'utf8').matchAll(
    /<!-- quick: (\w+) -->\n```sh\n([\s\S]*?)```/g,
  );
  const steps = Object.fromEntries([...found].map(([, name, commands]) => [name, commands]));
  expect(Object.keys(steps), page).toEqual([...STEPS]);
  return steps as Record<Step, string>;
}

const steps = stepsOf('docs/deploy/quick.md');

test('both languages give the same commands', () => {
  expect(stepsOf('docs/ja/deploy/quick.md')).toEqual(steps);
});

test('what the commands name is in the package', () => {
  const { name, bin, files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(steps.install).toBe(`npm install --global ${name}\n`);
  expect(bin).toHaveProperty('tegata');
  expect(files).toEqual(expect.arrayContaining(['docs/deploy/*', 'docs/ja/deploy/*']));
  expect(steps.proxy).toContain('/tegata/docs/deploy/nginx.conf');
});

describeUnless(lackingServer('nginx'), 'the ten minutes', () => {
  const folder = scratchFolder('tegata-quick-');
  let [port, publicPort, pid] = [0, 0, 0];
  let ecCube: EcCubeStub;
  let certificate: Certificate;

  beforeAll(async () => {
    [port, publicPort] = [await freePort(), await freePort()];
    ecCube = await startEcCubeStub();
    certificate = makeCertificate(folder);
    await makeShop(join(folder, 'shop'));
    const command = join(folder, 'tegata');
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'dist/main.js')}' "$@"\n`);
    chmodSync(command, 0o755);
  });
  afterAll(async () => {
    if (pid > 0) process.kill(pid, 'SIGTERM');
    await ecCube?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The step's commands, after the values, which are this test's. */
  const run = (commands: string) => {
    const own: Record<string, string> = {
      SHOP: join(folder, 'shop'),
      PUBLIC_URL: `https://localhost:${publicPort}`,
      TEGATA_DATA_DIR: join(folder, 'data'),
    };
    const values = steps.values.replace(
      /^export (\w+)='[^']*'$/gm,
      (_line, name) => `export ${name}='${own[name]}'`,
    );
    const env = {
      PATH: [folder, dirname(process.execPath), process.env.PATH].join(delimiter),
      PORT: String(port),
      NODE_EXTRA_CA_CERTS: certificate.cert,
      CURL_CA_BUNDLE: certificate.cert,
      TEGATA_PASSWORD_COST: '4',
    };
    return runInShell(`set -e\n${values}\n${commands}`, { cwd: folder, env });
  };

  test('lead from the shop’s database to its products, through the shop’s own address', {
    timeout: 60_000,
  }, async () => {
    expect(await run(steps.tables)).toMatch(/would apply 0001[\s\S]*applied 0001/);
    pid = Number(await run(`${steps.start}echo $!`));
    await expect
      .poll(
        () =>
          fetch(`http://127.0.0.1:${port}/ready`).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 20_000 },
      )
      .toBe(200);
    const site = { folder: join(folder, 'nginx'), port: publicPort, tegata: `127.0.0.1:${port}` };
    const server = await startWebServer('nginx', { ...site, ecCube: new URL(ecCube.url).host, certificate });
    try {
      const [, outside = ''] = (await run(steps.check.replace('\n', '\necho ---\n'))).split('---\n');
      expect(
        outside
          .trim()
          .split('\n')
          .filter((line) => !line.startsWith('ok')),
      ).toEqual(['note  host name: shared: / comes from EC-CUBE']);
      const { client_id, client_secret } = JSON.parse(await run(`${steps.client.trimEnd()} --json`));
      const call = steps.call
        .replace(/^CLIENT_ID=.*$/m, `CLIENT_ID='${client_id}'`)
        .replace(/^CLIENT_SECRET=.*$/m, `CLIENT_SECRET='${client_secret}'`);
      expect(JSON.parse(await run(call)).data.products.nodes).toHaveLength(3);
    } finally {
      await server.stop();
    }
  });
});

/** A shop as EC-CUBE has it: a database without a table of Tegata's, and an `.env` that names it. */
async function makeShop(folder: string): Promise<void> {
  mkdirSync(folder);
  writeFileSync(
    join(folder, '.env'),
    'APP_ENV=prod\nDATABASE_URL=sqlite:///eccube.db\nECCUBE_AUTH_MAGIC=magic\n',
  );
  const store = openStore(`sqlite:${join(folder, 'eccube.db')}`);
  const admin = { loginId: 'admin', name: '管理者', passwordHash: 'none' };
  const registry = buildRegistry(coreEntities);
  await createEmbeddedShop(store, { registry, clock: systemClock, currency: 'JPY', admin });
  await store.close();
}
