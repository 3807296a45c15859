/** What a backup holds, piece by piece: a JSON head and bytes behind it. */
import type { DumpedRow } from '../../database/dump/read-rows.ts';
import { FrameError, judgedHead, judgedValues } from './frame-form.ts';
import type { Manifest } from './manifest.ts';

export type Frame =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  /** Followed by its bytes. */
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'rows'; readonly table: string; readonly rows: readonly DumpedRow[] }
  | { readonly kind: 'end' };

const LENGTHS_BYTES = 8;
const MOST_HEAD_BYTES = 1024 * 1024;
const MOST_BODY_BYTES = 256 * 1024 * 1024;

export function bytesOfFrame(frame: Frame): Buffer {
  if (frame.kind === 'bytes') return packed({ kind: 'bytes' }, frame.bytes);
  if (frame.kind !== 'rows') return packed(frame, Buffer.alloc(0));
  const columns = Object.keys(frame.rows[0] ?? {});
  const lines = frame.rows.map((row) => JSON.stringify(columns.map((column) => row[column] ?? null)));
  return packed({ kind: 'rows', table: frame.table, columns }, Buffer.from(lines.join('\n')));
}

function packed(head: object, body: Buffer): Buffer {
  const text = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.alloc(LENGTHS_BYTES);
  lengths.writeUInt32BE(text.length, 0);
  lengths.writeUInt32BE(body.length, 4);
  return Buffer.concat([lengths, text, body]);
}

export async function* framesIn(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const held: Buffer[] = [];
  let length = 0;
  let wanted = LENGTHS_BYTES;
  for await (const chunk of source) {
    held.push(chunk);
    length += chunk.length;
    if (length < wanted) continue;
    let bytes = Buffer.concat(held);
    for (wanted = wantedFor(bytes); bytes.length >= wanted; wanted = wantedFor(bytes)) {
      yield frameIn(bytes.subarray(0, wanted));
      bytes = bytes.subarray(wanted);
    }
    held.splice(0, held.length, bytes);
    length = bytes.length;
  }
  if (length > 0) throw new FrameError('it ends within a piece');
}

function wantedFor(bytes: Buffer): number {
  if (bytes.length < LENGTHS_BYTES) return LENGTHS_BYTES;
  const [head, body] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
  if (head > MOST_HEAD_BYTES || body > MOST_BODY_BYTES) throw new FrameError('a piece is too large');
  return LENGTHS_BYTES + head + body;
}

function frameIn(bytes: Buffer): Frame {
  const end = LENGTHS_BYTES + bytes.readUInt32BE(0);
  const body = bytes.subarray(end);
  const head = judgedHead(JSON.parse(bytes.toString('utf8', LENGTHS_BYTES, end)));
  if (head.kind === 'bytes') return { kind: 'bytes', bytes: Buffer.from(body) };
  if (head.kind === 'rows') return { kind: 'rows', table: head.table, rows: rowsIn(head.columns, body) };
  return head;
}

const rowsIn = (columns: readonly string[], body: Buffer): DumpedRow[] =>
  body
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const values = judgedValues(JSON.parse(line), columns.length);
      return Object.fromEntries(columns.map((column, i) => [column, values[i] ?? null]));
    });
