/** Where a client publishes its keys: an HTTPS server on localhost; this process trusts its certificate unless told otherwise. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

export type KeyServer = {
  /** `https://localhost:PORT/jwks.json`. */
  readonly url: string;
  /** Requests so far. */
  count(): number;
  /** How the next requests are answered. */
  answer: RequestListener;
  close(): Promise<void>;
};

export async function startKeyServer({ trusted = true } = {}): Promise<KeyServer> {
  const { cert, key } = certificate();
  if (trusted) setDefaultCACertificates([...getCACertificates('default'), cert]);
  let requests = 0;
  const server = createServer({ cert, key }, (request, response) => {
    requests++;
    keyServer.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const keyServer: KeyServer = {
    url: `https://localhost:${port}/jwks.json`,
    count: () => requests,
    answer: (_request, response) => response.writeHead(404).end(),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return keyServer;
}

export const json =
  (text: string): RequestListener =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);

function certificate(): { cert: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-keys-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const all = ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert];
  execFileSync('openssl', all, { stdio: 'ignore' });
  const made = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  rmSync(folder, { recursive: true, force: true });
  return made;
}
