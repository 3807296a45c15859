/** Mails over a real SMTP connection: envelope, headers, and what cannot be smuggled into them. */

import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createMailer, mailFault } from '../../src/outbound/mailer.ts';
import type { MailMessage } from '../../src/outbound/message.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp-receiver.ts';

const message: MailMessage = {
  from: { name: '手形商店', address: 'shop@example.com' },
  to: 'yamada@example.com',
  bcc: 'shop@example.com',
  replyTo: 'support@example.com',
  returnPath: 'bounce@example.com',
  subject: '[手形商店] 商品出荷のお知らせ',
  text: '山田 様\n\nありがとうございます。\n',
  html: '<p>山田 様</p>',
};

let smtp: SmtpReceiver;
beforeAll(async () => {
  smtp = await startSmtpReceiver();
});
afterAll(() => smtp.close());
beforeEach(() => {
  smtp.mails.length = 0;
  smtp.refuse(undefined);
});
const dsn = (more = '') => `smtp://127.0.0.1:${smtp.port}${more}`;

async function send(changes: Partial<MailMessage> = {}, to = dsn()): Promise<void> {
  const mailer = createMailer(to);
  try {
    await mailer.send({ ...message, ...changes });
  } finally {
    mailer.close();
  }
}

test('envelope, headers and both bodies arrive', async () => {
  await send();
  const [mail] = smtp.mails;
  expect(mail?.from).toBe('bounce@example.com');
  expect(mail?.to).toEqual(['yamada@example.com', 'shop@example.com']);
  const headers = new Map(mail?.headers);
  expect(headers.get('from')).toBe('手形商店 <shop@example.com>');
  expect(headers.get('to')).toBe('yamada@example.com');
  expect(headers.get('reply-to')).toBe('support@example.com');
  expect(headers.get('subject')).toBe('[手形商店] 商品出荷のお知らせ');
  expect(headers.has('bcc')).toBe(false);
  expect(mail?.parts.get('text/plain')).toContain('ありがとうございます。');
  expect(mail?.parts.get('text/html')).toContain('<p>山田 様</p>');
});

test('line breaks in names and subjects add no header', async () => {
  await send({
    from: { name: 'Shop\r\nBcc: all@example.com', address: 'shop@example.com' },
    subject: 'Hello\r\nX-Evil: yes\r\n\r\nbody',
  });
  const [mail] = smtp.mails;
  const names = mail?.headers.map(([name]) => name) ?? [];
  expect(names).not.toContain('x-evil');
  expect(names).not.toContain('bcc');
  expect(mail?.to).toEqual(['yamada@example.com', 'shop@example.com']);
  expect(new Map(mail?.headers).get('subject')).toBe('Hello X-Evil: yes body');
});

test.each([
  [{ to: 'a@example.com\r\nBcc: all@example.com' }],
  [{ to: 'a@example.com, b@example.com' }],
  [{ to: '' }],
  [{ replyTo: 'a@example.com\nX-Evil: yes' }],
  [{ bcc: 'nobody' }],
  [{ returnPath: 'a b@example.com' }],
  [{ from: { address: '' } }],
])('%j is refused before anything is sent', async (changes) => {
  await expect(send(changes)).rejects.toThrow('address');
  expect(smtp.mails).toEqual([]);
  await expect(send(changes, 'null://null')).rejects.toThrow('address');
});

test('a refused customer is a failure, even when the shop’s own copy is taken', async () => {
  // This receiver takes no quoted local part.
  const error = await send({ to: 'yama..da.@docomo.ne.jp' }).catch((reason: unknown) => reason);
  expect(mailFault(error)).toMatchObject({ responseCode: 501, command: 'RCPT TO' });
  expect(JSON.stringify(mailFault(error))).not.toContain('yama');
});

test('user and password of the DSN are used', async () => {
  await send({}, `smtp://user%40shop:right@127.0.0.1:${smtp.port}`);
  expect(smtp.mails[0]?.user).toBe('user@shop');
  await expect(send({}, `smtp://user:wrong@127.0.0.1:${smtp.port}`)).rejects.toThrow();
  expect(smtp.mails).toHaveLength(1);
});

test('a refusal rejects, and what is logged names no recipient', async () => {
  smtp.refuse('no mailbox yamada@example.com');
  const error = await send().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(JSON.stringify(mailFault(error))).not.toContain('yamada');
  expect(mailFault(error)).toMatchObject({ responseCode: 450 });
});

test('nobody listening, and a DSN that is not understood, reject', async () => {
  await expect(send({}, 'smtp://127.0.0.1:1')).rejects.toThrow();
  await expect(send({}, 'gmail+smtp://user:secret@default')).rejects.toThrow('MAILER_DSN');
});

test('a server that never says a word is given up', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  try {
    const { port } = silent.address() as AddressInfo;
    const error = await send({}, `smtp://127.0.0.1:${port}`).catch((reason: unknown) => reason);
    expect(mailFault(error)).toMatchObject({ code: 'ETIMEDOUT' });
  } finally {
    silent.close();
  }
});

test('sendmail gets the recipients as arguments and the mail on its input', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-sendmail-'));
  try {
    const program = join(folder, 'sendmail');
    writeFileSync(program, `#!/bin/sh\necho "$@" > ${folder}/args\ncat > ${folder}/mail\n`);
    chmodSync(program, 0o755);
    await send({}, `sendmail://default?command=${encodeURIComponent(`${program} -t`)}`);
    expect(readFileSync(join(folder, 'args'), 'utf8')).toContain('yamada@example.com shop@example.com');
    expect(readFileSync(join(folder, 'mail'), 'utf8')).not.toMatch(/^bcc:/im);
    // An old mobile address is quoted.
    await send({ to: 'yama..da.@docomo.ne.jp' }, `sendmail://default?command=${program}`);
    expect(readFileSync(join(folder, 'args'), 'utf8')).toContain('"yama..da."@docomo.ne.jp shop@');
    expect(readFileSync(join(folder, 'mail'), 'utf8')).toMatch(/^To: <"yama\.\.da\."@docomo\.ne\.jp>/m);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('null takes everything and sends nothing', async () => {
  await send({}, 'null://null');
  expect(smtp.mails).toEqual([]);
});
