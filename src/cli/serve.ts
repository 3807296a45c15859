/** `tegata serve`: the server, until it is told to stop; then requests in flight finish before the database closes. */
import cluster from 'node:cluster';
import { flushCompileCache } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Background } from '../app/background.ts';
import { type Config, standardVariables } from '../app/config/config.ts';
import { type NodeBeat, startNodeBeat } from '../app/node-beat.ts';
import type { createServer } from '../app/server.ts';
import { openServices, type Services } from '../app/services.ts';
import { requireUse } from '../database/rights.ts';
import { requireWritable } from '../database/writable.ts';

import { configOf, requireTables, withExamples } from './command.ts';
import { whenOrphaned } from './orphan.ts';
import { type ServiceManager, serviceManager } from './service-manager.ts';
import { startFaults } from './start-faults.ts';
import { stopListening } from './stop-listening.ts';
import { onStopSignal } from './stop-signals.ts';
import { startTelemetry, type Telemetry } from './telemetry.ts';
import { metricsOfWorkers } from './worker-metrics.ts';
import { superviseWorkers } from './workers.ts';

const STOP_SECONDS = 25; // then whatever still hangs is cut off
const IDLE_CHECK_MS = 100;
const START_OVER_MS = 1_000; // by then who waited for the start has been answered

export function serveCommand(program: Command): void {
  const command = program
    .command('serve')
    .description('start the server')
    .action(async (_options, self: Command) => {
      ignoreFailingOutput();
      const config = configOf(self);
      if (config.workers > 1 && cluster.isPrimary) await serveByWorkers(config);
      else await serveHere(config);
    });
  withExamples(command, 'serve', 'serve --env-file /var/www/ec-cube/.env');
}

/** No one may be left to read the greeting; the log looks after itself. */
function ignoreFailingOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

async function serveHere(config: Config): Promise<void> {
  // Only now: the server is most of the program, and no other command waits for it to load.
  const [{ createServer }, { startBackground }] = await Promise.all([
    import('../app/server.ts'),
    import('../app/background.ts'),
  ]);
  const telemetry = await startTelemetry(standardVariables());
  const services = await openServices(config);
  let beat: NodeBeat | undefined;
  try {
    await requireTables(services);
    if (!config.embedded) await requireUse(services.store);
    await requireWritable(services.store);
    // Where there are several processes, the first has told them.
    const faults = cluster.isPrimary ? await startFaults(services) : [];
    beat = await startNodeBeat(services);
    const app = createServer(withMetricsOfAll(services), { traced: telemetry.on });
    await app.listen({ host: config.host, port: config.port });
    const manager = managerOf(services);
    stopOnSignal(app, services, startBackground(services), { manager, telemetry, beat });
    if (cluster.isPrimary) process.stdout.write(greeting(services, faults));
    manager.ready();
    endStart();
  } catch (error) {
    // The member has been made all the same, and the next start could not say the password any more.
    if (services.firstStart?.password !== undefined) process.stdout.write(credentials(services));
    await beat?.stop();
    await services.close();
    throw error;
  }
}

/**
 * Keeps the code that the start has compiled for the next one: at its end the process has forgotten what ran only once. Then
 * gives back the memory that the start alone has needed; V8 would keep it for requests that may never be so many.
 */
function endStart(): void {
  const end = () => {
    flushCompileCache();
    globalThis.gc?.({ type: 'major', flavor: 'last-resort' });
  };
  setTimeout(end, START_OVER_MS).unref();
}

/** Whichever worker is asked answers for all. */
function withMetricsOfAll(services: Services): Services {
  if (!cluster.isWorker) return services;
  const text = metricsOfWorkers(services.metrics.registry);
  return { ...services, metrics: { ...services.metrics, text } };
}

/** The shop and keys are made once, before there are several processes to make them. */
async function serveByWorkers(config: Config): Promise<void> {
  const services = await openServices(config);
  let faults: string[] = [];
  try {
    await requireTables(services);
    await requireWritable(services.store);
    faults = await startFaults(services);
  } finally {
    await services.close();
  }
  const manager = managerOf(services);
  const serves = await superviseWorkers(config.workers, services.log, manager.stopping);
  if (!serves) return;
  process.stdout.write(greeting(services, faults));
  manager.ready();
}

/** Of several processes the first speaks with it. */
const managerOf = ({ log }: Services): ServiceManager =>
  serviceManager(cluster.isPrimary ? standardVariables() : {}, (error) =>
    log.warn({ err: error }, 'the service manager could not be told; is systemd-notify installed?'),
  );

function stopOnSignal(
  app: ReturnType<typeof createServer>,
  services: Services,
  background: Background,
  { manager, telemetry, beat }: { manager: ServiceManager; telemetry: Telemetry; beat: NodeBeat },
): void {
  let stopping = false;
  const hurry = new AbortController();
  const stop = async (signal: string) => {
    if (stopping) return hurry.abort();
    stopping = true;
    manager.stopping();
    services.log.info({ signal }, 'stopping');
    if (signal !== 'SIGINT') await drain(services, hurry.signal);
    services.stop.draining = true;
    if (signal !== 'SIGINT') await stopListening(app.server, hurry.signal);
    const cut = setTimeout(() => app.server.closeAllConnections(), STOP_SECONDS * 1000);
    // A connection that was at work when the stop came is kept open by its client once it is answered.
    const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MS);
    await Promise.all([app.close(), background.stop()]);
    clearInterval(idle);
    clearTimeout(cut);
    await beat.stop();
    await services.close();
    await telemetry.stop();
    if (cluster.isWorker) cluster.worker?.disconnect();
  };
  onStopSignal((signal) => void stop(signal));
  if (cluster.isPrimary) whenOrphaned(() => void stop('SIGTERM'));
}

/** Who sends requests here by what `/ready` says gets time to send them elsewhere; where no one asks, there is no need. */
async function drain({ config, stop, log }: Services, hurry: AbortSignal): Promise<void> {
  if (config.drainSeconds === 0 || !stop.isWatched()) return;
  stop.draining = true;
  log.info({ seconds: config.drainSeconds }, 'not ready any more; still serving');
  await sleep(config.drainSeconds * 1000, undefined, { signal: hurry }).catch(() => {});
}

function greeting({ config, firstStart }: Services, faults: readonly string[]): string {
  const lines = ['', `  Tegata is ready.   Admin: ${config.publicUrl}${config.pagesPath}`];
  if (config.embedded && !firstStart) lines.push('  Login ID: admin');
  if (firstStart) lines.push(credentials({ firstStart }).trimEnd());
  if (isPlainAndPublic(config)) {
    lines.push(
      '  Warning: plain http on a public address. Set TEGATA_TLS_CERT and TEGATA_TLS_KEY, or put an HTTPS proxy in front and name it in TRUSTED_PROXIES.',
    );
  }
  lines.push(...faults.map((fault) => `  Fault: ${fault}.`));
  return `${lines.join('\n')}\n\n`;
}

/** Of the member that this start has made. */
const credentials = ({ firstStart }: Pick<Services, 'firstStart'>): string =>
  firstStart ? `  Login ID: admin\n  Password: ${passwordLine(firstStart)}\n` : '';

const passwordLine = ({ password }: NonNullable<Services['firstStart']>): string =>
  password === undefined
    ? 'the one in TEGATA_ADMIN_PASSWORD'
    : `${password}   (shown this once; change it in the admin)`;

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

const isPlainAndPublic = ({ host, servesHttps, trustedProxies }: Config): boolean =>
  !servesHttps && trustedProxies.length === 0 && !LOOPBACK.includes(host);
