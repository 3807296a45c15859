/** What a person types at the terminal, or a program pipes in. Questions go to standard error: standard output is for results. */
import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandError } from './failure.ts';

/** Someone can be asked. */
export const isInteractive = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

export const confirmed = (question: string): Promise<boolean> =>
  withReader(process.stderr, async (reader) =>
    /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim()),
  );

/** Typed twice, without echo. */
export const askNewPassword = (): Promise<string> => askTwice('password');

/** The same for anything secret that is made now. */
export const askTwice = (what: string): Promise<string> =>
  withReader(silent(), async (reader) => {
    const typed = await askUnseen(reader, `New ${what}: `);
    if ((await askUnseen(reader, 'Again: ')) !== typed) throw new CommandError(`the two ${what}s differ`);
    return typed;
  });

/** Typed once, without echo. */
export const askOnce = (label: string): Promise<string> =>
  withReader(silent(), (reader) => askUnseen(reader, `${label}: `));

const silent = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** All of standard input without the line end that `echo` adds. */
export const pipedIn = async (): Promise<string> => (await text(process.stdin)).replace(/\r?\n$/, '');

async function askUnseen(reader: Interface, question: string): Promise<string> {
  process.stderr.write(question);
  const answer = await reader.question('');
  process.stderr.write('\n');
  return answer;
}

/** The terminal is the reader's, and silent if it is, from before the first question; Ctrl-C and the end of input refuse. */
async function withReader<T>(
  output: NodeJS.WritableStream,
  work: (reader: Interface) => Promise<T>,
): Promise<T> {
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  const ended = new Promise<never>((_resolve, reject) => {
    reader.once('close', () => reject(new CommandError('cancelled')));
  });
  try {
    return await Promise.race([work(reader), ended]);
  } finally {
    reader.close();
  }
}
