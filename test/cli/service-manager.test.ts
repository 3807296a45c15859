/** What systemd is told, by its own `systemd-notify`: that the server is ready, alive, and that it stops. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasProgram } from '../../scripts/programs.ts';
import { startProgram } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';

const LIMIT_MS = 60_000;
const folder = scratchFolder('tegata-systemd-');
const socket = join(folder, 'notify');
const heard: string[] = [];
/**
 * systemd's side of the socket. Node opens no datagram sockets of the file system; perl is on every Debian. What it does not
 * receive, the descriptor of a barrier, the kernel closes: for the sender that is systemd's yes.
 */
const LISTENER = `
  use IO::Socket::UNIX; use Socket; $| = 1;
  my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die $!;
  while (defined $socket->recv(my $words, 4096)) { print "$words\\n" }`;
const manager = hasProgram('perl')
  ? spawn('perl', ['-e', LISTENER, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  : undefined;

beforeAll(async () => {
  manager?.stdout?.setEncoding('utf8').on('data', (text: string) => heard.push(text));
  while (manager && !existsSync(socket)) await sleep(20);
});
afterAll(() => {
  manager?.kill();
  rmSync(folder, { recursive: true, force: true });
});

test.runIf(manager && hasProgram('systemd-notify')).each(['1', '2'])(
  'with TEGATA_WORKERS=%s systemd hears of ready, alive and stopping, once and in this order',
  { timeout: LIMIT_MS },
  async (workers) => {
    heard.length = 0;
    const words = () => heard.join('\n').match(/\b(?:READY|WATCHDOG|STOPPING)=1/g) ?? [];
    const program = await startProgram({
      env: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '600000', TEGATA_WORKERS: workers },
    });
    try {
      const first = () => words().slice(0, 3);
      await expect.poll(first, { timeout: 10_000 }).toEqual(['READY=1', 'WATCHDOG=1', 'WATCHDOG=1']);
    } finally {
      expect(await program.stop()).toBe(0);
    }
    await expect.poll(words).toContain('STOPPING=1');
    expect(words().filter((word) => word !== 'WATCHDOG=1')).toEqual(['READY=1', 'STOPPING=1']);
  },
);

test('a host without systemd-notify is told once, and serves', { timeout: LIMIT_MS }, async () => {
  const program = await startProgram({
    env: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '300000', PATH: folder },
  });
  try {
    await expect.poll(program.output).toContain('is systemd-notify installed?');
  } finally {
    expect(await program.stop()).toBe(0);
  }
  expect(program.output().match(/is systemd-notify installed/g)).toHaveLength(1);
});

/** Lines `Key=value` of the unit, without comments. */
const unit = readFileSync(join(import.meta.dirname, '../../deploy/systemd/tegata.service'), 'utf8');

test.runIf(hasProgram('systemd-analyze'))('the unit file is one that systemd takes, and closed', () => {
  const file = join(import.meta.dirname, '../../deploy/systemd/tegata.service');
  const judged = execFileSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(judged).toContain('Overall exposure level');
  for (const line of ['Type=notify', 'NotifyAccess=all', 'ProtectSystem=strict', 'NoNewPrivileges=true']) {
    expect(unit).toContain(`\n${line}\n`);
  }
});
