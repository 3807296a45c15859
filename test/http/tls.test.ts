/** Tegata's own HTTPS, with a certificate made on the spot. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'tegata-tls-'));
const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], {
  stdio: 'ignore',
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

eachDatabase((db) => {
  const server = useOAuthServer(db, { TEGATA_TLS_CERT: cert, TEGATA_TLS_KEY: key });
  const port = () => Number(new URL(server.it.url).port);
  const ca = readFileSync(cert);

  describe('with a certificate of its own', () => {
    test('BCP-41, ASVS-3.3.1: it serves HTTPS with HSTS and __Host- cookies, and is its own issuer', async () => {
      const answer = await new Promise<{ headers: Record<string, unknown>; status: number }>(
        (resolve, reject) => {
          const asked = request({ host: '127.0.0.1', port: port(), path: '/admin/login', ca }, (response) => {
            response.resume();
            resolve({ headers: response.headers, status: response.statusCode ?? 0 });
          });
          asked.on('error', reject).end();
        },
      );
      expect(answer.status).toBe(200);
      expect(answer.headers['strict-transport-security']).toMatch(/^max-age=\d{7,}/);
      expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-tegata_browser=.*; Secure/);
      expect(server.it.issuer).toBe(`https://localhost:${port()}`);
    });

    test('BCP-41: plain http and TLS before 1.2 get nothing', async () => {
      await expect(fetch(`http://127.0.0.1:${port()}/health`)).rejects.toThrow();
      const old = new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port: port(), ca, ciphers: 'DEFAULT@SECLEVEL=0' };
        connect({ ...options, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }, () => resolve('connected')).on(
          'error',
          reject,
        );
      });
      await expect(old).rejects.toThrow();
    });
  });
});
