/** Reads `MAILER_DSN` as Symfony Mailer writes it: `smtp://user:pass@host:port?verify_peer=0`, `smtps://`, `sendmail://default`, `null://null`. */

export type MailTransport =
  | { readonly kind: 'none' }
  /** Nothing can be sent; `reason` never repeats the DSN, because it holds a password. */
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'sendmail'; readonly path: string }
  | {
      readonly kind: 'smtp';
      readonly host: string;
      readonly port: number;
      /** TLS from the first byte; otherwise STARTTLS where the server offers it, unless `autoTls` is false. */
      readonly secure: boolean;
      readonly autoTls: boolean;
      readonly requireTls: boolean;
      readonly verifyPeer: boolean;
      readonly user?: string;
      readonly password?: string;
      /** What the client calls itself in EHLO. */
      readonly localDomain?: string;
    };

const PORTS = { smtp: 25, smtps: 465 } as const;
const SENDMAIL = '/usr/sbin/sendmail';

export function parseMailerDsn(dsn: string): MailTransport {
  const url = URL.canParse(dsn) ? new URL(dsn) : undefined;
  switch (url?.protocol) {
    case 'null:':
      return { kind: 'none' };
    case 'native:':
      return { kind: 'sendmail', path: SENDMAIL };
    case 'sendmail:':
      return sendmail(url.searchParams.get('command'));
    case 'smtp:':
    case 'smtps:':
      return smtp(url);
    default:
      return {
        kind: 'unusable',
        reason: 'MAILER_DSN must begin with smtp://, smtps://, sendmail:// or null://',
      };
  }
}

/** Symfony's default is `/usr/sbin/sendmail -bs`; how the message is handed over is ours to choose, the path is not. */
function sendmail(command: string | null): MailTransport {
  const path = command?.trim().split(/\s+/)[0];
  return { kind: 'sendmail', path: path || SENDMAIL };
}

function smtp(url: URL): MailTransport {
  const { hostname, searchParams: options } = url;
  if (hostname === '') return { kind: 'unusable', reason: 'MAILER_DSN names no host' };
  // Symfony: `smtp://…:465` is TLS from the first byte as well.
  const secure = url.protocol === 'smtps:' || url.port === '465';
  const off = (name: string): boolean => ['0', 'false', 'no', 'off'].includes(options.get(name) ?? '');
  const on = (name: string): boolean => ['1', 'true', 'yes', 'on'].includes(options.get(name) ?? '');
  const localDomain = options.get('local_domain');
  return {
    kind: 'smtp',
    host: hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? PORTS[url.protocol === 'smtps:' ? 'smtps' : 'smtp'] : Number(url.port),
    secure,
    autoTls: !off('auto_tls'),
    requireTls: on('require_tls') || options.get('encryption') === 'tls',
    verifyPeer: !off('verify_peer'),
    ...(url.username !== '' && { user: decoded(url.username), password: decoded(url.password) }),
    ...(localDomain && { localDomain }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
