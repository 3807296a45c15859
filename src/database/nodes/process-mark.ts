/** A short text by which the processes of one machine tell whether the one that wrote it has ended. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { sha256Hex } from '../../base/bytes.ts';

const PLACE_CHARACTERS = 12;
const PID_CHARACTERS = 8;
export const MARK_CHARACTERS = PLACE_CHARACTERS + PID_CHARACTERS;

/**
 * Where process ids mean the same: a start of the machine and a namespace of ids (containers may share a host name, and have
 * the same ids for other processes). Undefined = that cannot be told here.
 */
function findPlace(): string | undefined {
  try {
    const start = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    const parts = [start, readlinkSync('/proc/self/ns/pid'), hostname()];
    return sha256Hex(parts.join('\n')).slice(0, PLACE_CHARACTERS);
  } catch {
    return undefined;
  }
}

const place = findPlace();

/** 20 characters of 0-9 and a-f; undefined = it could not be told whether the process has ended. */
export const markOf = (pid: number): string | undefined =>
  place && place + pid.toString(16).padStart(PID_CHARACTERS, '0');

/** Whether the text begins with the mark of a process of this machine that is no more. */
export function isOfEnded(text: string): boolean {
  if (place === undefined || !text.startsWith(place)) return false;
  return isGone(Number.parseInt(text.slice(PLACE_CHARACTERS, MARK_CHARACTERS), 16));
}

/** Whether no process here has this id. */
export function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
