/** eccube-plugin/ as EC-CUBE takes it: its syntax on every PHP of 4.0–4.3, the archive, the file of its settings. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findProgram } from '../../scripts/programs.ts';
import { describeUnless } from '../support/left-out.ts';
import { scratchFolder } from '../support/scratch.ts';
import { LACKING_PHP, PLUGIN, php } from './php.ts';

const folder = scratchFolder('tegata-plugin-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = globSync('**/*.php', { cwd: PLUGIN }).sort();
const ROOT = join(PLUGIN, '..');
const STUB = join(import.meta.dirname, 'ec-cube-stub.php');

/** What PHP 7.1 cannot read, as tokens of a newer PHP. */
const NEWER_TOKENS = [
  ['T_FN', 'T_MATCH', 'T_ENUM', 'T_READONLY', 'T_ATTRIBUTE'],
  ['T_COALESCE_EQUAL', 'T_NULLSAFE_OBJECT_OPERATOR'],
].flat();

const TOKENS = `foreach (array_slice($argv, 1) as $file)
  foreach (token_get_all(file_get_contents($file), TOKEN_PARSE) as $token)
    if (is_array($token) && in_array(token_name($token[0]), explode(' ', '${NEWER_TOKENS.join(' ')}'), true))
      echo $file, ' ', $token[2], ' ', token_name($token[0]), PHP_EOL;`;

const SETTINGS = `require 'Settings.php'; use Plugin\\TegataLink\\Settings;`;

describeUnless(LACKING_PHP, 'the plugin', () => {
  test('every file is PHP, and none has words that PHP 7.1 lacks', () => {
    expect(FILES).toContain('PluginManager.php');
    for (const file of FILES) {
      const said = execFileSync(findProgram('php'), ['-l', file], { cwd: PLUGIN, encoding: 'utf8' });
      expect(said).toContain('No syntax errors');
    }
    expect(php(TOKENS, ...FILES)).toBe('');
    // A property with a type, and a comma behind the last argument, are no tokens of their own.
    for (const file of FILES) {
      const text = readFileSync(join(PLUGIN, file), 'utf8');
      expect([file, /(?:public|protected|private)(?: static)? \??\w+ \$/.test(text)]).toEqual([file, false]);
      expect([file, /,\s*\)/.test(text)]).toEqual([file, false]);
    }
  });

  test('the archive has composer.json at its root, opens in PHP as EC-CUBE opens it, and is always the same', () => {
    const pack = () =>
      execFileSync(process.execPath, ['scripts/eccube-plugin.ts', '--out', folder], {
        cwd: ROOT,
        encoding: 'utf8',
      }).trim();
    const archive = pack();
    const bytes = readFileSync(archive);
    expect(archive).toMatch(/\/tegata-link-\d+\.\d+\.\d+\.tar\.gz$/);
    const listing = execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' }).trim().split('\n');
    const expected = globSync('**/*', { cwd: PLUGIN, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(PLUGIN.length + 1));
    expect(listing).toEqual(expected.sort());
    for (const name of ['composer.json', 'PluginManager.php', 'Nav.php', 'Resource/config/routes.yaml']) {
      expect(listing).toContain(name);
    }
    // EC-CUBE's PluginService: PharData, then the fields of composer.json.
    const out = join(folder, 'unpacked');
    mkdirSync(out);
    php('(new PharData($argv[1]))->extractTo($argv[2], null, true);', archive, out);
    const meta = JSON.parse(readFileSync(join(out, 'composer.json'), 'utf8'));
    expect(meta.extra.code).toMatch(/^\w+$/);
    expect(meta.name).toBe(`ec-cube/${meta.extra.code.toLowerCase()}`);
    expect(archive).toContain(meta.version);
    expect(Object.keys(meta.require)).toEqual(['ec-cube/plugin-installer']);
    expect(readFileSync(pack()).equals(bytes)).toBe(true);
  });

  test('its entries stand beside those of the Web API plugin, and lead to routes that it has', () => {
    const nav = `namespace Eccube\\Common { interface EccubeNav {} }
      namespace { require 'Nav.php'; $api = ['setting' => ['children' => ['api' => ['children' => ['oauth' => ['url' => 'admin_api_oauth']]]]]];
      echo json_encode(array_replace_recursive($api, Plugin\\TegataLink\\Nav::getNav())); }`;
    const { children } = (
      JSON.parse(php(nav)) as {
        setting: { children: Record<string, { children: Record<string, { url: string }> }> };
      }
    ).setting;
    expect(children.api?.children.oauth?.url).toBe('admin_api_oauth');
    const routes = readFileSync(join(PLUGIN, 'Resource/config/routes.yaml'), 'utf8');
    const urls = Object.values(children.tegata_link?.children ?? {}).map(({ url }) => url);
    expect(urls).toEqual(['tegata_link_oauth', 'tegata_link_webhook']);
    for (const url of [...urls, 'tegata_link_admin_config']) expect(routes).toContain(`${url}:\n`);
    const [ja, en] = ['ja', 'en'].map((lang) =>
      [
        ...readFileSync(join(PLUGIN, `Resource/locale/messages.${lang}.yaml`), 'utf8').matchAll(
          /^([\w.]+):/gm,
        ),
      ].map(([, key]) => key),
    );
    expect(ja).toEqual(en);
  });

  test('its controller leads to the address of the settings and nowhere else, with a ticket for the member alone', () => {
    const url = 'https://api.shop.example/admin/login/link';
    const secret = 's'.repeat(40);
    const challenge = 'c'.repeat(43);
    const query = { challenge, url: 'https://evil.example', redirect: 'https://evil.example' };
    const act = (
      deed: string,
      given: Readonly<Record<string, unknown>>,
      settings = true,
      user = 'new Eccube\\Entity\\Member()',
    ) =>
      php(
        `require $argv[1]; require 'Ticket.php'; require 'Settings.php'; require 'Controller/Admin/LinkController.php';
        $_ENV['TEGATA_LINK_URL'] = $argv[2]; $_ENV['TEGATA_LINK_SECRET'] = $argv[3];
        $it = new Plugin\\TegataLink\\Controller\\Admin\\LinkController('/nonexistent', ${user});
        try { $answer = $it->${deed}(new Symfony\\Component\\HttpFoundation\\Request(json_decode($argv[4], true)));
          echo $answer->url; } catch (RuntimeException $e) { echo get_class($e); }`,
        STUB,
        settings ? url : '',
        settings ? secret : '',
        JSON.stringify(given),
      );
    const [address, ticket] = act('ticket', query).split('?ticket=');
    expect(address).toBe(url);
    const payload = JSON.parse(Buffer.from(ticket?.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toMatchObject({ aud: url, mid: 7, lid: 'hanako', cha: challenge });
    expect(act('oauth', query)).toBe(`${url}?to=oauth`);
    expect(act('webhook', query)).toBe(`${url}?to=webhook`);
    for (const wrong of [undefined, '', 'c'.repeat(42), `${challenge}\n`, [challenge]]) {
      expect(act('ticket', { challenge: wrong })).toContain('BadRequestHttpException');
    }
    expect(act('ticket', query, true, 'null')).toContain('AccessDeniedHttpException');
    for (const deed of ['ticket', 'oauth'])
      expect(act(deed, query, false)).toBe('route:tegata_link_admin_config');
  });

  test('its settings are kept in a file for the web server alone, which prints nothing; the environment wins', () => {
    const secret = `it's-${'s'.repeat(40)}`;
    const url = 'https://api.shop.example/admin/login/link';
    php(`${SETTINGS} Settings::write($argv[1], $argv[2], $argv[3]);`, folder, url, secret);
    const read = (env = '') =>
      JSON.parse(php(`${SETTINGS} ${env} echo json_encode(Settings::read($argv[1]));`, folder));
    expect(read()).toEqual({ url, secret });
    expect(read(`$_ENV['TEGATA_LINK_SECRET'] = str_repeat('e', 32);`)).toEqual({
      url,
      secret: 'e'.repeat(32),
    });
    const file = join(folder, 'app/PluginData/tegata_link/settings.php');
    expect(php('echo substr(sprintf("%o", fileperms($argv[1])), -3), "|"; include $argv[1];', file)).toBe(
      '600|',
    );
    php(`${SETTINGS} Settings::remove($argv[1]);`, folder);
    expect(read()).toBe(null);
    const judged = php(
      `${SETTINGS} foreach (array_slice($argv, 1) as $one) echo Settings::isUrl($one) ? 1 : 0;`,
      url,
      'http://localhost:3000/a',
      'http://shop.example/a',
      'https://shop.example',
      'https://u@shop.example/a',
      'https://shop.example/a?b',
      'https://shop.example/a#b',
      'javascript://x/%0aalert(1)',
      'https://shop.example/a\n',
    );
    expect(judged).toBe('110000000');
  });

  test('settings that cannot be written leave no draft with the secret behind, and a removal takes one of a crash', () => {
    const kept = join(folder, 'app/PluginData/tegata_link');
    mkdirSync(join(kept, 'settings.php'), { recursive: true });
    const write = `${SETTINGS} try { Settings::write($argv[1], 'https://shop.example/a', str_repeat('s', 40)); }
      catch (RuntimeException $e) { echo $e->getMessage(); }`;
    expect(php(write, folder)).toContain('cannot be written');
    expect(readdirSync(kept)).toEqual(['settings.php']);
    rmSync(join(kept, 'settings.php'), { recursive: true });
    writeFileSync(join(kept, 'new-0123456789abcdef.php'), '<?php return [];');
    php(`${SETTINGS} Settings::remove($argv[1]);`, folder);
    expect(existsSync(kept)).toBe(false);
  });
});
