import { expect, test } from 'vitest';
import { knownMigrations } from '../../database/migrate.ts';
import { FrameError } from './frame-form.ts';
import { bytesOfFrame, type Frame, framesIn } from './frames.ts';
import type { Manifest } from './manifest.ts';

const MANIFEST: Manifest = {
  format: 1,
  form: 'export',
  madeAt: 1_775_001_600,
  version: '0.2.0',
  database: 'sqlite',
  embedded: false,
  migrations: knownMigrations(),
  keyFolder: 'a1',
};

function bytesOf(head: string, body = ''): Buffer {
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(Buffer.byteLength(head), 0);
  lengths.writeUInt32BE(Buffer.byteLength(body), 4);
  return Buffer.concat([lengths, Buffer.from(head), Buffer.from(body)]);
}

async function read(bytes: Buffer): Promise<Frame[]> {
  const found: Frame[] = [];
  for await (const frame of framesIn(
    (async function* () {
      yield bytes;
    })(),
  ))
    found.push(frame);
  return found;
}

test('what was written is read again', async () => {
  const frames: Frame[] = [
    { kind: 'manifest', manifest: MANIFEST },
    { kind: 'file', name: 'keys/a.pem' },
    { kind: 'bytes', bytes: Buffer.from([0, 255]) },
    { kind: 'rows', table: 'tegata_setting', rows: [{ name: 'a', value: null }] },
    { kind: 'end' },
  ];
  expect(await read(Buffer.concat(frames.map(bytesOfFrame)))).toEqual(frames);
});

const manifest = (more: object): string =>
  JSON.stringify({ kind: 'manifest', manifest: { ...MANIFEST, ...more } });
const rows = (table: unknown, columns: unknown): string => JSON.stringify({ kind: 'rows', table, columns });
const SETTING = rows('tegata_setting', ['name', 'value']);

test.each([
  ['null', ''],
  ['5', ''],
  ['[]', ''],
  ['"manifest"', ''],
  ['{"kind":"__proto__"}', ''],
  ['{"kind":"toString"}', ''],
  ['{"kind":"manifest"}', ''],
  ['{"kind":"manifest","manifest":null}', ''],
  [manifest({ format: '1' }), ''],
  [manifest({ form: 'x' }), ''],
  [manifest({ madeAt: 'x' }), ''],
  [manifest({ migrations: 5 }), ''],
  [manifest({ migrations: [] }), ''],
  [manifest({ migrations: ['\u001b[2J'] }), ''],
  [manifest({ version: '9\u001b]0;x\u0007' }), ''],
  [manifest({ keyFolder: null }), ''],
  [manifest({ embedded: 1 }), ''],
  ['{"kind":"file","name":5}', ''],
  [rows(5, ['a']), '[1]'],
  [rows('tegata_setting', []), '[1]'],
  [rows('tegata_setting', null), '[1]'],
  [rows('tegata_setting', ['a', 'a']), '[1,2]'],
  [rows('tegata_setting', ['a"; drop table x; --']), '[1]'],
  [rows('tegata_setting', ['__proto__']), '[1]'],
  [SETTING, 'null'],
  [SETTING, '{}'],
  [SETTING, '["a"]'],
  [SETTING, '["a",{"b":1}]'],
  [SETTING, '["a",true]'],
  [SETTING, '["a",1e308]'],
])('a piece that is none is refused as damaged: %s %s', async (head, body) => {
  await expect(read(bytesOf(head, body))).rejects.toThrow(FrameError);
});

test('of a later format nothing more is asked than that it says so', async () => {
  expect(await read(bytesOf('{"kind":"manifest","manifest":{"format":2}}'))).toHaveLength(1);
});
