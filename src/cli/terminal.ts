/** What a person types at the terminal, or a program pipes in. Questions go to standard error: standard output is for results. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Refused } from './failure.ts';

/** Somebody can be asked. */
export const isInteractive = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

export async function confirmed(question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await ask(`${question} [y/N] `, process.stderr)).trim());
}

/** Typed twice, without echo. */
export async function askNewPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const password = await askAloud('New password: ', silent);
  if ((await askAloud('Again: ', silent)) !== password) throw new Refused('the two passwords differ');
  return password;
}

/** All of standard input without the line end that `echo` adds. */
export const pipedIn = async (): Promise<string> => (await text(process.stdin)).replace(/\r?\n$/, '');

async function askAloud(question: string, output: Writable): Promise<string> {
  process.stderr.write(question);
  const answer = await ask('', output);
  process.stderr.write('\n');
  return answer;
}

/** Ctrl-C and the end of input refuse. */
function ask(question: string, output: NodeJS.WritableStream): Promise<string> {
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  return new Promise((resolve, reject) => {
    reader.once('close', () => reject(new Refused('cancelled')));
    void reader.question(question).then((answer) => {
      resolve(answer);
      reader.close();
    }, reject);
  });
}
