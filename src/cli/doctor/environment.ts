/** Probes of settings and of what stands around the program: issuer, certificate, password hashes, port, the way of its mails. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { Config } from '../../app/config/config.ts';
import { VARIABLES } from '../../app/config/variables.ts';
import { parseMailerDsn } from '../../outbound/dsn.ts';
import { SAFE_PASSWORD_COST } from '../../security/security-findings.ts';
import { type Finding, fault, note, ok, warning } from './finding.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const ANSWER_LIMIT_MS = 3_000;

export async function environmentFindings(config: Config): Promise<Finding[]> {
  return [
    issuerFinding(config),
    ...certificateFinding(config),
    passwordCostFinding(config),
    await portFinding(config),
    mailFinding(config),
  ];
}

function issuerFinding({ publicUrl }: Config): Finding {
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'https:') return ok('issuer', publicUrl);
  if (LOOPBACK.includes(hostname)) return ok('issuer', `${publicUrl} (plain http is fine on this machine)`);
  return warning(
    'issuer',
    `${publicUrl} is plain http: codes, tokens and passwords can be read on the way`,
    'put an HTTPS proxy in front (and name it in TRUSTED_PROXIES) or set TEGATA_TLS_CERT and TEGATA_TLS_KEY; then PUBLIC_URL=https://…',
  );
}

function certificateFinding({ tlsCertFile, tlsKeyFile }: Config): Finding[] {
  if (tlsCertFile === undefined || tlsKeyFile === undefined) return [];
  try {
    createSecureContext({ cert: readFileSync(tlsCertFile), key: readFileSync(tlsKeyFile) });
    return [ok('certificate', tlsCertFile)];
  } catch (error) {
    const why = (error as Error).message;
    return [fault('certificate', why, 'check TEGATA_TLS_CERT and TEGATA_TLS_KEY')];
  }
}

/** A password may stand in the DSN, so that it is never repeated. */
function mailFinding({ mailerDsn }: Config): Finding {
  const transport = parseMailerDsn(mailerDsn);
  if (transport.kind === 'unusable') return warning('mail', transport.reason, 'mend MAILER_DSN');
  if (transport.kind === 'smtp') return ok('mail', `over ${transport.host}:${transport.port}`);
  if (transport.kind === 'sendmail') return ok('mail', `through ${transport.path}`);
  return note(
    'mail',
    'MAILER_DSN is unset or null: mails count as sent but go nowhere (the MAILER_URL of EC-CUBE 4.0 and 4.1 is not read)',
  );
}

function passwordCostFinding({ passwordCost }: Config): Finding {
  const { name, fallback } = VARIABLES.passwordCost;
  if (passwordCost >= SAFE_PASSWORD_COST) return ok(name, `bcrypt of cost ${passwordCost}`);
  return warning(
    name,
    `cost ${passwordCost}: passwords hashed so fast are found fast when the database leaks; below ${SAFE_PASSWORD_COST} is for tests`,
    `unset it (${fallback}), then have members change their passwords`,
  );
}

async function portFinding(config: Config): Promise<Finding> {
  const address = `${config.host}:${config.port}`;
  const code = await listenFault(config);
  if (code === undefined) return ok('port', `${address} is free`);
  if (code === 'EADDRINUSE' && (await tegataAnswers(config)))
    return ok('port', `tegata answers on ${address}`);
  if (code === 'EADDRINUSE') {
    return fault('port', `${address} is in use by another program`, 'stop it, or set PORT to a free port');
  }
  return fault('port', `tegata cannot listen on ${address} (${code})`, 'check HOST and PORT');
}

const listenFault = ({ host, port }: Config): Promise<string | undefined> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });

async function tegataAnswers({ host, port, servesHttps }: Config): Promise<boolean> {
  const near = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  try {
    const url = `${servesHttps ? 'https' : 'http'}://${near}:${port}/health`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    return ((await answer.json()) as { status?: unknown } | null)?.status === 'ok';
  } catch {
    return false;
  }
}
