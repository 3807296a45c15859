/** The web servers of docs/deploy, real, with the file of the documents as it is but for ports and the certificate. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, hasProgram } from '../../scripts/programs.ts';

export const WEB_SERVERS = ['nginx', 'apache', 'caddy', 'haproxy'] as const;
/** `htaccess`: Apache, where only a file in the document root can be changed. */
export type WebServerName = (typeof WEB_SERVERS)[number] | 'htaccess';

export type Site = {
  readonly folder: string;
  readonly port: number;
  /** `host:port` of the two behind it. */
  readonly tegata: string;
  readonly ecCube: string;
  readonly certificate: Certificate;
};

export type Certificate = { readonly cert: string; readonly key: string; readonly both: string };

type Start = { readonly config: string; readonly command: string; readonly args: readonly string[] };

const MODULES = '/usr/lib/apache2/modules';
const POLL_MS = 20;
const READY_LIMIT_MS = 60_000;
const PROGRAMS = {
  nginx: 'nginx',
  apache: 'apache2',
  caddy: 'caddy',
  haproxy: 'haproxy',
  htaccess: 'apache2',
} as const;
const DOCUMENTS = join(import.meta.dirname, '../../docs/deploy');

/** Why it cannot be started here; undefined when it can. */
export const lackingServer = (name: WebServerName): string | undefined =>
  hasProgram(PROGRAMS[name]) ? undefined : `${PROGRAMS[name]} is not installed`;

export function makeCertificate(folder: string): Certificate {
  const [cert, key, both] = ['cert.pem', 'key.pem', 'both.pem'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  writeFileSync(both, readFileSync(cert, 'utf8') + readFileSync(key, 'utf8'));
  return { cert, key, both };
}

/** Starts it in front of both and returns when it takes connections. */
export async function startWebServer(name: WebServerName, site: Site): Promise<{ stop(): Promise<void> }> {
  mkdirSync(site.folder, { recursive: true });
  const included = join(site.folder, name === 'htaccess' ? '.htaccess' : 'tegata.conf');
  writeFileSync(included, documented(name, site));
  const { config, command, args } = STARTS[name](site, included);
  writeFileSync(join(site.folder, 'main.conf'), config);
  const env = {
    PATH: process.env.PATH,
    HOME: site.folder,
    XDG_DATA_HOME: site.folder,
    XDG_CONFIG_HOME: site.folder,
  };
  const child = spawn(findProgram(command), args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data));
  try {
    await untilListening(site.port, child);
  } catch (error) {
    await ended(child);
    throw new Error(`${name}: ${(error as Error).message}\n${output}`);
  }
  return { stop: () => ended(child) };
}

/** The file of the documents; what its head calls your own values is this site's. */
function documented(name: WebServerName, { port, tegata, ecCube, certificate }: Site): string {
  const text =
    name === 'htaccess'
      ? (/```apache\n([\s\S]*?)```/.exec(readFileSync(join(DOCUMENTS, 'README.md'), 'utf8'))?.[1] ?? '')
      : readFileSync(join(DOCUMENTS, `${name}.conf`), 'utf8');
  return text
    .replaceAll('https://api.shop.example.jp', `http://${tegata}`)
    .replaceAll('127.0.0.1:3000', tegata)
    .replaceAll('127.0.0.1:8080', ecCube)
    .replace('bind :443', `bind 127.0.0.1:${port}`)
    .replaceAll('/etc/haproxy/shop.pem', certificate.both);
}

const STARTS: Readonly<Record<WebServerName, (site: Site, included: string) => Start>> = {
  nginx: ({ folder, port, ecCube, certificate }, included) => ({
    command: 'nginx',
    args: ['-c', join(folder, 'main.conf'), '-e', 'stderr'],
    config: `${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
pid ${folder}/pid;
worker_processes 1;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  server {
    listen 127.0.0.1:${port} ssl http2;
    server_name localhost;
    ssl_certificate ${certificate.cert};
    ssl_certificate_key ${certificate.key};
    include ${included};
    # As many shops have it: files by their endings, all else to EC-CUBE.
    location ~* \\.(?:css|js|svg|png)$ { proxy_pass http://${ecCube}; }
    location / { proxy_pass http://${ecCube}; }
  }
}`,
  }),
  apache: (site, included) => apache(site, `Include ${included}\nProxyPass / http://${site.ecCube}/`),
  htaccess: (site) =>
    apache(
      site,
      `DocumentRoot ${site.folder}\n<Directory ${site.folder}>\nAllowOverride All\nOptions FollowSymLinks\nRequire all granted\n</Directory>`,
    ),
  caddy: ({ folder, port, ecCube, certificate }, included) => ({
    command: 'caddy',
    args: ['run', '--config', join(folder, 'main.conf'), '--adapter', 'caddyfile'],
    config: `{
  admin off
  auto_https off
}
import ${included}
https://localhost:${port} {
  bind 127.0.0.1
  tls ${certificate.cert} ${certificate.key}
  import tegata
  reverse_proxy ${ecCube}
}
`,
  }),
  haproxy: (_site, included) => ({ command: 'haproxy', args: ['-db', '-f', included], config: '' }),
};

const APACHE_MODULES = [
  ...['mpm_event', 'authz_core', 'headers', 'proxy', 'proxy_http', 'rewrite'],
  ...['socache_shmcb', 'ssl', 'http2'],
];

function apache({ folder, port, certificate }: Site, lines: string): Start {
  return {
    command: 'apache2',
    args: ['-f', join(folder, 'main.conf'), '-DFOREGROUND'],
    config: `ServerRoot ${folder}
DefaultRuntimeDir ${folder}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
Listen 127.0.0.1:${port}
ServerName localhost
${APACHE_MODULES.map((one) => `LoadModule ${one}_module ${MODULES}/mod_${one}.so`).join('\n')}
User ${process.getuid?.() === 0 ? 'www-data' : userInfo().username}
<VirtualHost 127.0.0.1:${port}>
  Protocols h2 http/1.1
  SSLEngine on
  SSLCertificateFile ${certificate.cert}
  SSLCertificateKeyFile ${certificate.key}
  ${lines}
</VirtualHost>`,
  };
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_LIMIT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await takes(port)) return;
    await sleep(POLL_MS);
  }
  throw new Error(`takes no connections (exit code ${child.exitCode})`);
}

const takes = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(patience);
}
