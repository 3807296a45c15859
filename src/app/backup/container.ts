/** A backup as a file: frames, packed small, sealed with a passphrase, whole or not there at all. */
import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { opening, SealedStreamError, type SealFault, sealing } from '../../base/sealed-stream.ts';
import { FrameError } from './frame-form.ts';
import { bytesOfFrame, type Frame, framesIn } from './frames.ts';
import { BackupError } from './manifest.ts';

export type Sealed = {
  readonly file: string;
  readonly passphrase: string;
  /** scrypt's; left out: what a passphrase of a person needs. */
  readonly log2N?: number;
  /** Called with the bytes of the file so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
};

const draftOf = (file: string): string => `${file}.part`;

/** The file is there when this resolves, and safe on the disk; before that there is only `FILE.part`. */
export async function writeContainer(
  { file, passphrase, log2N, onBytes }: Sealed,
  frames: AsyncIterable<Frame>,
): Promise<void> {
  const draft = draftOf(file);
  const seal = await sealing(passphrase, log2N);
  await rm(draft, { force: true });
  try {
    const bytes = Readable.from(packed(frames));
    const written = createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true });
    await pipeline(bytes, createGzip(), seal, counting(onBytes), written);
    await rename(draft, file);
    await flushFolder(dirname(file));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function* packed(frames: AsyncIterable<Frame>): AsyncGenerator<Buffer> {
  for await (const frame of frames) yield bytesOfFrame(frame);
  yield bytesOfFrame({ kind: 'end' });
}

const counting = (onBytes: Sealed['onBytes']) =>
  async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      onBytes?.(bytes);
      yield chunk;
    }
  };

/** Throws a `BackupError` unless the whole file is what it was; what `take` was given before is then worth nothing. */
export async function readContainer(
  { file, passphrase, onBytes }: Sealed,
  take: (frame: Frame) => Promise<void>,
): Promise<void> {
  if (!existsSync(file) || !statSync(file).isFile()) throw new BackupError(`${file} is not there`);
  let ended = false;
  const takeAll = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const frame of framesIn(source)) {
      if (frame.kind === 'end') ended = true;
      else await take(frame);
    }
  };
  try {
    await pipeline(createReadStream(file), counting(onBytes), opening(passphrase), createGunzip(), takeAll);
    if (!ended) throw new FrameError('it has no end');
  } catch (error) {
    throw lineFor(file, error);
  }
}

const FAULTS: Readonly<Record<SealFault, string>> = {
  'not-sealed': 'is no backup or export of Tegata',
  'too-costly': 'is damaged: it asks for more memory than a backup needs',
  passphrase: 'was made with another passphrase',
  damaged: 'is damaged; take another copy of it, or an older backup',
  truncated: 'is not whole: its end is missing; take another copy of it, or an older backup',
};

function lineFor(file: string, error: unknown): unknown {
  if (error instanceof SealedStreamError) return new BackupError(`${file} ${FAULTS[error.fault]}`);
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (error instanceof FrameError || error instanceof SyntaxError || code.startsWith('Z_')) {
    return new BackupError(`${file} ${FAULTS.damaged}`);
  }
  return error;
}

/** Else a crash may take back what was renamed. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // knows no such thing
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
