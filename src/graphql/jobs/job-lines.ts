/** Bytes as they come → the lines of a JSONL file (https://jsonlines.org), never more of it in memory than one of them. */
import { isUtf8 } from 'node:buffer';
import type { JobLimits } from './job-limits.ts';
import { badLine, JobRefused } from './job-refused.ts';

const NEWLINE = 0x0a;

export type JobLine = { readonly number: number; readonly text: string };

/** Every line, blank ones as ''. @throws JobRefused */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  limits: Pick<JobLimits, 'bytes' | 'lines' | 'lineBytes'>,
): AsyncGenerator<JobLine> {
  let rest: Buffer[] = [];
  let [held, taken, number] = [0, 0, 1];
  const keep = (piece: Buffer): void => {
    held += piece.length;
    if (held > limits.lineBytes) {
      throw badLine(number, `a line has at most ${limits.lineBytes} bytes.`, 'LIMIT');
    }
    rest.push(piece);
  };
  const cut = (): JobLine => {
    const line = { number, text: textOf(Buffer.concat(rest), number) };
    [rest, held, number] = [[], 0, number + 1];
    if (number > limits.lines + 1) throw new JobRefused('LIMIT', `At most ${limits.lines} lines are taken.`);
    return line;
  };
  for await (const chunk of chunks) {
    taken += chunk.length;
    if (taken > limits.bytes) throw new JobRefused('LIMIT', `A job has at most ${limits.bytes} bytes.`);
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      keep(chunk.subarray(from, end));
      yield cut();
      from = end + 1;
    }
    // A copy: what came with it need not stay in memory.
    if (from < chunk.length) keep(Buffer.from(chunk.subarray(from)));
  }
  if (held > 0) yield cut();
}

function textOf(bytes: Buffer, number: number): string {
  if (!isUtf8(bytes)) throw badLine(number, 'this is not UTF-8.');
  const text = bytes.toString().trim();
  return number === 1 ? text.replace(/^\ufeff/, '') : text;
}

/** @throws JobRefused unless the line is blank or a JSON object. */
export function requireObject({ number, text }: JobLine): void {
  if (text === '') return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badLine(number, 'this is no JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badLine(number, 'give a JSON object with the variables of the mutation.');
  }
}
