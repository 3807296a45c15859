/**
 * Tells systemd that the server is ready, that it stops, and that its event loop is alive (sd_notify(3), `Type=notify`,
 * `WatchdogSec=`). Node opens no datagram sockets of the file system, so systemd's own `systemd-notify` speaks for us: the unit
 * needs `NotifyAccess=all`. Does nothing where no service manager listens.
 */
import { spawn } from 'node:child_process';

export type ServiceManager = {
  ready(): void;
  stopping(): void;
};

const TELL_MS = 5_000;

type Told = (words: readonly string[]) => void;

/** `environment` is the process's: systemd puts `NOTIFY_SOCKET` and `WATCHDOG_USEC` there. */
export function serviceManager(
  environment: NodeJS.ProcessEnv,
  failed: (error: Error) => void,
): ServiceManager {
  if (!environment.NOTIFY_SOCKET) return { ready() {}, stopping() {} };
  const tell = notifier(failed);
  return {
    ready: () => {
      tell(['--ready']);
      keepAlive(Number(environment.WATCHDOG_USEC ?? 0), tell);
    },
    // The beats go on, so that the watchdog ends a stop that hangs, and no other.
    stopping: () => tell(['STOPPING=1']),
  };
}

/** Only the first failure is told: a host without the command would tell it for ever. No stop waits for what is being told. */
function notifier(failed: (error: Error) => void): Told {
  let silent = false;
  return (words) => {
    const child = spawn('systemd-notify', [...words], { stdio: 'ignore', timeout: TELL_MS });
    child.once('error', (error) => {
      if (!silent) failed(error);
      silent = true;
    });
    child.unref();
  };
}

/** Three times within the limit, as sd_watchdog_enabled(3) advises at least two. */
function keepAlive(limitMicroseconds: number, tell: Told): void {
  if (limitMicroseconds > 0) setInterval(() => tell(['WATCHDOG=1']), limitMicroseconds / 3_000).unref();
}
