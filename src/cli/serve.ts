/** `tegata serve`: the server, until it is told to stop; then requests in flight finish before the database closes. */
import cluster from 'node:cluster';
import type { Command } from 'commander';
import type { Background } from '../background.ts';
import type { Config } from '../config.ts';
import type { createServer } from '../server.ts';
import { openServices, type Services } from '../services.ts';
import { requireUse } from '../store/rights.ts';
import { requireWritable } from '../store/writable.ts';
import { configOf, requireTables, withExamples } from './command.ts';
import { superviseWorkers } from './workers.ts';

const STOP_SECONDS = 25; // then whatever still hangs is cut off
const IDLE_CHECK_MS = 100;

export function serveCommand(program: Command): void {
  const command = program
    .command('serve')
    .description('start the server')
    .action(async (_options, self: Command) => {
      const config = configOf(self);
      if (config.workers > 1 && cluster.isPrimary) await serveByWorkers(config);
      else await serveHere(config);
    });
  withExamples(command, 'serve', 'serve --env-file /var/www/ec-cube/.env');
}

async function serveHere(config: Config): Promise<void> {
  // Only now: the server is most of the program, and no other command waits for it to load.
  const [{ createServer }, { startBackground }] = await Promise.all([
    import('../server.ts'),
    import('../background.ts'),
  ]);
  const services = await openServices(config);
  try {
    await requireTables(services);
    if (!config.embedded) await requireUse(services.store);
    await requireWritable(services.store);
    const app = createServer(services);
    await app.listen({ host: config.host, port: config.port });
    stopOnSignal(app, services, startBackground(services));
  } catch (error) {
    await services.close();
    throw error;
  }
  if (cluster.isPrimary) process.stdout.write(greeting(services));
}

/** The shop and keys are made once, before there are several processes to make them. */
async function serveByWorkers(config: Config): Promise<void> {
  const services = await openServices(config);
  try {
    await requireTables(services);
    await requireWritable(services.store);
  } finally {
    await services.close();
  }
  await superviseWorkers(config.workers, services.log);
  process.stdout.write(greeting(services));
}

function stopOnSignal(
  app: ReturnType<typeof createServer>,
  services: Services,
  background: Background,
): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    services.log.info({ signal }, 'stopping');
    const cut = setTimeout(() => app.server.closeAllConnections(), STOP_SECONDS * 1000);
    // A connection that was at work when the stop came is kept open by its client once it is answered.
    const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MS);
    await Promise.all([app.close(), background.stop()]);
    clearInterval(idle);
    clearTimeout(cut);
    await services.close();
    if (cluster.isWorker) cluster.worker?.disconnect();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
}

function greeting({ config, firstStart }: Services): string {
  const lines = ['', `  Tegata is ready.   Admin: ${config.publicUrl}/${config.adminRoute}`];
  if (config.embedded) lines.push('  Login ID: admin');
  if (firstStart) lines.push(`  Password: ${passwordLine(firstStart)}`);
  if (isPlainAndPublic(config)) {
    lines.push(
      '  Warning: plain http on a public address. Set TEGATA_TLS_CERT and TEGATA_TLS_KEY, or put an HTTPS proxy in front and name it in TRUSTED_PROXIES.',
    );
  }
  return `${lines.join('\n')}\n\n`;
}

const passwordLine = ({ password }: NonNullable<Services['firstStart']>): string =>
  password === undefined
    ? 'the one in TEGATA_ADMIN_PASSWORD'
    : `${password}   (shown this once; change it in the admin)`;

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

const isPlainAndPublic = ({ host, servesHttps, trustedProxies }: Config): boolean =>
  !servesHttps && trustedProxies.length === 0 && !LOOPBACK.includes(host);
