/** A request whose target goes over the socket letter by letter: `fetch` would tidy it up. */
import { connect } from 'node:net';

export type RawAnswer = { readonly status: number; readonly head: string; readonly body: string };

type Asked = {
  readonly method: string;
  readonly target: string;
  readonly headers?: readonly string[];
  /** The beginning of a body; its end never comes. */
  readonly part?: string;
};

const PATIENCE_MS = 30_000;

export function askRaw(base: string, { method, target, headers = [], part = '' }: Asked): Promise<RawAnswer> {
  const { host } = new URL(base);
  const lines = [`${method} ${target} HTTP/1.1`, `host: ${host}`, 'connection: close', ...headers];
  return exchangeRaw(base, `${lines.join('\r\n')}\r\n\r\n${part}`);
}

/** Sends this text and reads until the server closes. */
export function exchangeRaw(base: string, text: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const chunks: Buffer[] = [];
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`no answer to ${text.slice(0, 200)}`)));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(read(Buffer.concat(chunks).toString('utf8'))));
    socket.write(text);
  });
}

function read(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: rest.join('\r\n\r\n') };
}

/** Every way to write the target of `path` that some reader somewhere takes for it. */
export function targetForms(path: string, host: string): string[] {
  const [first = '', ...rest] = path.slice(1).split('/');
  const behind = rest.map((part) => `/${part}`).join('');
  const code = first.charCodeAt(0).toString(16);
  const encoded = [`%${code}`, `%25${code}`, `%${code.toUpperCase()}`].map(
    (one) => `/${one}${first.slice(1)}${behind}`,
  );
  const absolute = ['http', 'https', 'HTTP', 'ftp', 'x'].map((scheme) => `${scheme}://${host}${path}`);
  return [
    path,
    ...absolute,
    ...encoded,
    `http://evil.example${path}`,
    `http://user@${host}${path}?x#y`,
    `http:${path}`,
    `http:/${path}`,
    `${host}${path}`,
    path.slice(1),
    `${path}#x`,
    `${path}?#x`,
    `#${path}`,
    `/#${path}`,
    `/health#/..${path}`,
    `/health?/..${path}`,
    `/health;${path}`,
    `/health/..${path}`,
    `/health/%2e%2e${path}`,
    `/health%2f..${path}`,
    `/.${path}`,
    `/..${path}`,
    `/%2e${path}`,
    `/${path}`,
    `/${path}/`,
    `///${path}`,
    `/\\${path}`,
    `\\${path}`,
    path.replaceAll('/', '\\'),
    path.replaceAll('/', '//'),
    path.replaceAll('/', '%2f'),
    `${path}/`,
    `${path}//`,
    `${path}/.`,
    `${path}/..`,
    `${path}/../${first}${behind}`,
    `${path}%2f`,
    `${path}%00`,
    `${path}%20`,
    `${path}.`,
    `${path};`,
    `${path};x=1`,
    `${path};/../../health`,
    `${path}%3b`,
    `${path}%23x`,
    `${path}%3fx`,
    `${path}?`,
    `${path}?x=/health`,
    `${path}??`,
    `${path}%zz`,
    path.toUpperCase(),
    `/${first.toUpperCase()}${behind}`,
    `/${first}${behind.toUpperCase()}`,
    `/${first};x${behind}`,
    `/${first}/.${behind}`,
    `/${first}/%2e${behind}`,
    `/${first}/x/..${behind}`,
    `/${first}\t${behind}`,
    `*${path}`,
    '*',
  ];
}
