/**
 * A backup unpacked beside what it is to replace: read to its end and found whole before anything is touched, brought up to
 * the migrations of this program, and made an SQLite database whatever it came from.
 */

import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseFault, isRefusedRow } from '../../database/dialect/sqlite/whole-file.ts';
import { keptTable } from '../../database/dump/kept-tables.ts';
import { insertRows } from '../../database/dump/write-rows.ts';
import { migrate } from '../../database/migrate.ts';
import { isGone } from '../../database/nodes/process-mark.ts';
import { type Db, openStore, type Store } from '../../database/open.ts';
import { masterPrint } from '../../oauth/key-folder.ts';
import { readContainer, type Sealed } from './container.ts';
import { FrameError } from './frame-form.ts';
import type { Frame } from './frames.ts';
import { folderOf, isKeyFile } from './key-copy.ts';
import type { KeyCopy } from './key-rows-copy.ts';
import { BackupError, type Manifest, requireKnownSchema } from './manifest.ts';

export type Staged = {
  readonly manifest: Manifest;
  readonly keys: KeyCopy;
  /** For `stageKeys`. */
  readonly keyFolder: string;
  readonly shopFile: string;
  readonly store: Store;
  /** Closes and removes everything of it. */
  discard(): Promise<void>;
};

const MOST_KEY_BYTES = 1024 * 1024; // of all keys
const FOLDER = /^restore-(\d+)$/;

/** `judge` throws what keeps this backup from being used, before more than its first piece was read. */
export async function stage(
  dataDir: string,
  sealed: Sealed,
  judge: (manifest: Manifest) => void,
): Promise<Staged> {
  removeLeftFolders(dataDir);
  const folder = join(dataDir, `restore-${process.pid}`);
  mkdirSync(folder, { mode: 0o700 });
  const receiver = new Receiver(folder, judge);
  try {
    await receiver.receive(sealed);
    return await receiver.staged();
  } catch (error) {
    await receiver.close();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Of a restore that was killed. */
function removeLeftFolders(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const pid = FOLDER.exec(name)?.[1];
    if (pid !== undefined && (Number(pid) === process.pid || isGone(Number(pid)))) {
      rmSync(join(dataDir, name), { recursive: true, force: true });
    }
  }
}

class Receiver {
  readonly #folder: string;
  readonly #judge: (manifest: Manifest) => void;
  readonly #keys = new Map<string, Buffer>();
  #keyBytes = 0;
  #manifest: Manifest | undefined;
  #store: Store | undefined;
  #shop: FileHandle | undefined;
  /** The file that bytes belong to. */
  #name = '';

  constructor(folder: string, judge: (manifest: Manifest) => void) {
    this.#folder = folder;
    this.#judge = judge;
  }

  get #file(): string {
    return join(this.#folder, 'shop.db');
  }

  async receive(sealed: Sealed): Promise<void> {
    await readContainer(sealed, (frame) => this.#take(frame));
    await this.#shop?.sync();
    await this.#shop?.close();
    this.#shop = undefined;
  }

  async staged(): Promise<Staged> {
    const manifest = this.#manifest;
    if (!manifest) throw new BackupError('the file holds nothing');
    if (masterPrint(folderOf(this.#keys)) !== manifest.keyFolder) {
      throw new BackupError('the file’s keys are not those of its database');
    }
    if (!this.#store) this.#store = this.#openShop();
    await migrate(this.#store);
    return {
      manifest,
      keys: this.#keys,
      keyFolder: join(this.#folder, 'keys'),
      shopFile: this.#file,
      store: this.#store,
      discard: async () => {
        await this.close();
        rmSync(this.#folder, { recursive: true, force: true });
      },
    };
  }

  async close(): Promise<void> {
    await this.#shop?.close();
    await this.#store?.close();
  }

  #openShop(): Store {
    const fault = existsSync(this.#file) ? databaseFault(this.#file) : 'it is not in the file';
    if (fault !== undefined) throw new BackupError(`the shop in the file cannot be used: ${fault}`);
    return this.#open();
  }

  #open = (): Store => openStore(`sqlite:${this.#file}`);

  async #take(frame: Frame): Promise<void> {
    if (frame.kind === 'manifest') return this.#begin(frame.manifest);
    if (!this.#manifest) throw new BackupError('the file does not say what it is');
    if (frame.kind === 'file') this.#name = frame.name;
    if (frame.kind === 'bytes') await this.#takeBytes(frame.bytes);
    if (frame.kind === 'rows' && this.#store) await takeRows(this.#store, frame);
  }

  async #begin(manifest: Manifest): Promise<void> {
    requireKnownSchema(manifest);
    this.#judge(manifest);
    this.#manifest = manifest;
    if (manifest.form === 'backup' && manifest.embedded) {
      this.#shop = await open(this.#file, 'wx', 0o600);
      return;
    }
    this.#store = this.#open();
    const last = manifest.migrations.at(-1);
    if (last !== undefined) await migrate(this.#store, last);
    // What the migrations put there comes with the rows.
    await this.#store.db.deleteFrom('tegata_feed_head').execute();
  }

  async #takeBytes(bytes: Buffer): Promise<void> {
    const [room, name = ''] = this.#name.split('/');
    if (this.#name === 'shop.db') await this.#shop?.write(bytes);
    else if (room === 'keys' && isKeyFile(name)) {
      this.#keyBytes += bytes.length;
      if (this.#keyBytes > MOST_KEY_BYTES) throw new FrameError('the keys are too large');
      this.#keys.set(name, Buffer.concat([this.#keys.get(name) ?? Buffer.alloc(0), bytes]));
    }
  }
}

async function takeRows({ db, kit }: Store, { table, rows }: Frame & { kind: 'rows' }): Promise<void> {
  const known = keptTable(table);
  if (!known) return; // a table that a later version gave up
  const inserted = db
    .transaction()
    .execute((trx: Db) => insertRows(trx, kit, { ...known, isHistory: false }, rows));
  await inserted.catch((error: unknown) => {
    throw isRefusedRow(error) ? new FrameError('rows do not fit their table') : error;
  });
}
