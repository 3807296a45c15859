/**
 * Bytes as they come → text. UTF-8 with or without a mark at its beginning, or what Windows calls Shift_JIS (CP932, SJIS-win):
 * by what the caller says, or by the header, whose Japanese is never both.
 */
import { isUtf8 } from 'node:buffer';
import type { Locale, Text } from '../../../shop/text.ts';
import type { JobLimits } from '../job-limits.ts';
import { JobRefused } from '../job-refused.ts';
import { FILE, fileRefused, fileTexts, LINE, notIn, tooLarge } from './csv-texts.ts';

const NEWLINE = 0x0a;
const FIELD = 'charset';

const LABELS: Readonly<Record<string, Charset>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  shift_jis: 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  'sjis-win': 'shift_jis',
  cp932: 'shift_jis',
  'windows-31j': 'shift_jis',
  ms932: 'shift_jis',
};

export type Charset = 'utf-8' | 'shift_jis';

/** @throws JobRefused */
export function charsetOf(name: string): Charset {
  const charset = LABELS[name.trim().toLowerCase()];
  if (charset) return charset;
  throw new JobRefused('BAD_REQUEST', 'A CSV file is read as UTF-8 or Shift_JIS (CP932).', FIELD);
}

export type CsvSource = {
  readonly chunks: AsyncIterable<Buffer>;
  /** undefined: told by the file. */
  readonly charset: Charset | undefined;
  readonly limits: Pick<JobLimits, 'bytes' | 'lineBytes' | 'lines'>;
  readonly locale: Locale;
};

/** Whole lines, some at a time. @throws JobRefused */
export async function* textOf(source: CsvSource): AsyncGenerator<string> {
  const { charset, locale } = source;
  let decoder: LineDecoder | undefined;
  for await (const lines of wholeLines(source)) {
    decoder ??= new LineDecoder(charset ?? charsetBy(lines, locale), locale);
    yield decoder.decode(lines);
  }
}

/** Cut behind the last line break that has come, so that no character is torn. */
async function* wholeLines({ chunks, limits, locale }: CsvSource): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let [held, taken, line] = [0, 0, 1];
  for await (const chunk of chunks) {
    taken += chunk.length;
    if (taken > limits.bytes) throw fileRefused(locale, tooLarge(FILE, limits.bytes), undefined, 'LIMIT');
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      const lines = Buffer.concat([...rest, chunk.subarray(0, end)]);
      yield lines;
      line += countOf(lines, NEWLINE);
      [rest, held] = [[], 0];
    }
    held += chunk.length - end;
    if (held > limits.lineBytes) {
      throw fileRefused(locale, tooLarge(LINE, limits.lineBytes), line, 'LIMIT');
    }
    if (end < chunk.length) rest.push(Buffer.from(chunk.subarray(end)));
  }
  if (held > 0) yield Buffer.concat(rest);
}

function countOf(bytes: Buffer, wanted: number): number {
  let count = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) count += 1;
  return count;
}

const SIGNATURES = [
  [Buffer.from('PK\u0003\u0004'), fileTexts.xlsx],
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), fileTexts.xls],
  [Buffer.from([0xff, 0xfe]), fileTexts.utf16],
  [Buffer.from([0xfe, 0xff]), fileTexts.utf16],
  [Buffer.from([0x1f, 0x8b]), fileTexts.packed],
] as const;

function charsetBy(head: Buffer, locale: Locale): Charset {
  const known = SIGNATURES.find(([mark]) => head.subarray(0, mark.length).equals(mark));
  if (known) throw fileRefused(locale, known[1], 1);
  const end = head.indexOf(NEWLINE);
  return isUtf8(end < 0 ? head : head.subarray(0, end)) ? 'utf-8' : 'shift_jis';
}

class LineDecoder {
  readonly #charset: Charset;
  readonly #locale: Locale;
  readonly #decoder: TextDecoder;
  #line = 1;

  constructor(charset: Charset, locale: Locale) {
    this.#charset = charset;
    this.#locale = locale;
    this.#decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: true });
  }

  decode(bytes: Buffer): string {
    if (bytes.includes(0)) this.#refuse(bytes, fileTexts.nul, (part) => !part.includes(0));
    const text = this.#read(bytes);
    if (text === undefined) {
      const name = this.#charset === 'utf-8' ? 'UTF-8' : 'Shift_JIS (CP932)';
      return this.#refuse(bytes, notIn(name), (part) => this.#read(part) !== undefined);
    }
    this.#line += countOf(bytes, NEWLINE);
    return text;
  }

  #read(bytes: Buffer): string | undefined {
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return undefined;
    }
  }

  /** For the first line of these that is not good. */
  #refuse(bytes: Buffer, text: Text, isGood: (line: Buffer) => boolean): never {
    let [number, from] = [this.#line, 0];
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      if (!isGood(bytes.subarray(from, end + 1))) break;
      [number, from] = [number + 1, end + 1];
    }
    throw fileRefused(this.#locale, text, number);
  }
}
