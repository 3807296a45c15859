/** A demo shop on any of the three databases, a server that can be killed and started again, and a client that may write. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { migrate } from '../../src/database/migrate.ts';
import { openStore } from '../../src/database/open.ts';
import { type Program, runProgram, startProgram } from '../../test/support/program.ts';
import { makeDemoShop } from './api-shop.ts';

export type SeenJob = {
  readonly id: string;
  readonly status: string;
  readonly processed: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly result_bytes: number;
};

type JobSource = {
  readonly query: string;
  readonly variables?: object;
  readonly csv?: string;
  readonly lines?: Iterable<string> | AsyncIterable<string>;
};

export class WritingShop {
  readonly folder = mkdtempSync(join(tmpdir(), 'tegata-bench-'));
  readonly images = join(this.folder, 'images');
  readonly databaseUrl: string;
  program!: Program;
  #headers: Record<string, string> = {};

  private constructor(databaseUrl: string) {
    this.databaseUrl = databaseUrl === 'sqlite' ? `sqlite:${join(this.folder, 'shop.db')}` : databaseUrl;
    mkdirSync(this.images);
  }

  static async open(databaseUrl: string): Promise<WritingShop> {
    const shop = new WritingShop(databaseUrl);
    const store = openStore(shop.databaseUrl);
    await migrate(store);
    await makeDemoShop(store);
    await store.close();
    const names = ['--name', 'bench', '--scope', 'read write', '--grant', 'client_credentials', '--json'];
    const made = await runProgram(['client', 'create', ...names], shop.#env);
    if (made.code !== 0) throw new Error(made.stderr);
    await shop.start();
    const { client_id, client_secret } = JSON.parse(made.stdout) as Record<string, string>;
    const form = { client_id: client_id ?? '', client_secret: client_secret ?? '' };
    const body = new URLSearchParams({ ...form, grant_type: 'client_credentials', scope: 'read write' });
    const answer = await fetch(`${shop.program.url}/token`, { method: 'POST', body });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    shop.#headers = { authorization: `Bearer ${token}` };
    return shop;
  }

  get #env(): Record<string, string> {
    const kept = {
      DATABASE_URL: this.databaseUrl,
      TEGATA_DATA_DIR: this.folder,
      TEGATA_IMAGE_DIR: this.images,
    };
    // Each start has a port of its own; who has issued the tokens stays the same.
    return { ...kept, PUBLIC_URL: 'https://api.example', TEGATA_LOG_LEVEL: 'warn', NODE_ENV: 'production' };
  }

  get authorization(): string {
    return this.#headers.authorization ?? '';
  }

  async start(): Promise<void> {
    this.program = await startProgram({ dataDir: this.folder, env: this.#env });
  }

  async kill(): Promise<void> {
    process.kill(this.program.pid, 'SIGKILL');
    await this.program.stop();
  }

  async ask<T = Record<string, unknown>>(query: string, variables: object = {}): Promise<T> {
    const answer = await this.#send('/api', {
      body: JSON.stringify({ query, variables }),
      headers: { ...this.#headers, 'content-type': 'application/json' },
    });
    const { data, errors } = (await answer.json()) as { data: T; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors).slice(0, 500));
    return data;
  }

  /** What a busy machine turns away comes again when it was told to. */
  async #send(path: string, init: RequestInit): Promise<Response> {
    for (;;) {
      const answer = await fetch(`${this.program.url}${path}`, { method: 'POST', ...init });
      if (answer.status !== 503) return answer;
      await answer.body?.cancel();
      await sleep(Number(answer.headers.get('retry-after')) * 1000);
    }
  }

  async upload(count: number): Promise<string[]> {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c0ffee' } })
      .png()
      .toBuffer();
    const names: string[] = [];
    while (names.length < count) {
      const headers = { ...this.#headers, 'content-type': 'image/png' };
      const send = async () => {
        const body = new Uint8Array(png);
        const answer = await this.#send('/api/images', { body, headers });
        return ((await answer.json()) as { file_name: string }).file_name;
      };
      names.push(...(await Promise.all(Array.from({ length: Math.min(8, count - names.length) }, send))));
    }
    return names;
  }

  async begin({ query, variables, csv, lines }: JobSource): Promise<string> {
    const parameters = csv ? { csv } : { query };
    const answer = lines
      ? await fetch(`${this.program.url}/api/jobs?${new URLSearchParams(parameters)}`, {
          method: 'POST',
          body: Readable.toWeb(Readable.from(lines, { objectMode: false })) as ReadableStream,
          headers: { ...this.#headers, 'content-type': csv ? 'text/csv' : 'application/jsonl' },
          duplex: 'half',
        } as RequestInit)
      : await fetch(`${this.program.url}/api/jobs`, {
          method: 'POST',
          body: JSON.stringify({ query, variables }),
          headers: { ...this.#headers, 'content-type': 'application/json' },
        });
    if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as SeenJob).id;
  }

  async look(id: string): Promise<SeenJob> {
    const answer = await this.#send(`/api/jobs/${id}`, { method: 'GET', headers: this.#headers });
    return (await answer.json()) as SeenJob;
  }

  /** Looks until `holds` or the job has ended. */
  async until(id: string, holds: (job: SeenJob) => boolean = () => false): Promise<SeenJob> {
    for (;;) {
      const job = await this.look(id);
      if (holds(job) || !['queued', 'running'].includes(job.status)) return job;
      await sleep(200);
    }
  }

  /** Reads the whole result and keeps none of it; its bytes. */
  async download(id: string): Promise<number> {
    const answer = await fetch(`${this.program.url}/api/jobs/${id}/result`, { headers: this.#headers });
    let bytes = 0;
    for await (const chunk of answer.body ?? []) bytes += chunk.length;
    return bytes;
  }

  async close(): Promise<void> {
    await this.program.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
