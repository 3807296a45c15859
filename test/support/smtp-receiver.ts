/** A real SMTP server on a loopback port that keeps what it is sent. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export type Received = {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly source: string;
  /** Unfolded and decoded, in the order of the message. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Content type → decoded text. */
  readonly parts: ReadonlyMap<string, string>;
  readonly user: string | undefined;
};

export type SmtpReceiver = {
  readonly port: number;
  readonly mails: Received[];
  /** What the next mails are answered with instead of being taken. */
  refuse(reason: string | undefined): void;
  close(): Promise<void>;
};

export async function startSmtpReceiver(): Promise<SmtpReceiver> {
  const mails: Received[] = [];
  let refusal: string | undefined;
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    onAuth: ({ username, password }, _session, done) =>
      password === 'right' ? done(null, { user: username ?? '' }) : done(new Error('wrong')),
    onData: (stream, session, done) => {
      void text(stream).then((source) => {
        if (refusal !== undefined) return done(new Error(refusal));
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : '';
        const user = session.user === undefined ? undefined : String(session.user);
        mails.push({ from, to: rcptTo.map(({ address }) => address), user, ...read(source) });
        return done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    mails,
    refuse: (reason) => {
      refusal = reason;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function read(source: string): Pick<Received, 'source' | 'headers' | 'parts'> {
  const { headers, body } = split(source);
  const boundary = /boundary="([^"]+)"/.exec(headerOf(headers, 'content-type'))?.[1];
  const bodies = boundary === undefined ? [source] : body.split(`--${boundary}`).slice(1, -1);
  const parts = new Map(
    bodies.map((part) => {
      const inner = split(part.replace(/^\r\n/, ''));
      return [headerOf(inner.headers, 'content-type').split(';')[0] ?? '', decodeBody(inner)] as const;
    }),
  );
  return { source, headers, parts };
}

function split(source: string): { headers: [string, string][]; body: string } {
  const end = source.indexOf('\r\n\r\n');
  const lines = source
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())];
  });
  return { headers, body: source.slice(end + 4) };
}

const headerOf = (headers: readonly (readonly [string, string])[], name: string): string =>
  headers.find(([one]) => one === name)?.[1] ?? '';

/** RFC 2047. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_word, encoding: string, content: string) =>
      encoding.toUpperCase() === 'B'
        ? Buffer.from(content, 'base64').toString('utf8')
        : quotedPrintable(content.replaceAll('_', ' ')),
    );
}

function decodeBody({ headers, body }: ReturnType<typeof split>): string {
  const encoding = headerOf(headers, 'content-transfer-encoding').toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? quotedPrintable(body.replace(/=\r\n/g, '')) : body;
}

const quotedPrintable = (encoded: string): string =>
  Buffer.from(
    encoded.replace(/=([0-9A-F]{2})/g, (_match, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  ).toString('utf8');
