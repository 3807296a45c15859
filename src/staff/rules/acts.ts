/**
 * What can be done in the admin, and what each act demands. The one who may not consent to an app may not give access by
 * another way either: by a client that needs no consent, by keys or addresses of their own, by a webhook. Every route that
 * changes something names its act; one without an act keeps the server from starting.
 */

export type Demand = {
  /** `anyone`: no one is logged in yet. `systemAdmin`: システム管理者, as for consent. */
  readonly who: 'anyone' | 'member' | 'systemAdmin';
  /** Whether the password is asked for again when it was given long ago (ASVS 7.5.3). */
  readonly password: boolean;
};

const BEFORE_LOGIN: Demand = { who: 'anyone', password: false };
/** Takes access away, or gives nothing to anyone. */
const ROUTINE: Demand = { who: 'member', password: false };
/** What guards an account or the tokens: not for a browser that was left open. */
const GUARDED: Demand = { who: 'member', password: true };
const GIVES_ACCESS: Demand = { who: 'systemAdmin', password: true };

export const DEMANDS = {
  'page.missing': BEFORE_LOGIN,
  login: BEFORE_LOGIN,
  logout: BEFORE_LOGIN,
  'login.secondStep': BEFORE_LOGIN,
  'login.enrol': BEFORE_LOGIN,
  // Asks for the authority itself, since it has a page of its own for those who lack it; no password: what the client
  // may get, and where, someone has registered under the demands below.
  'authorization.decide': BEFORE_LOGIN,

  // Asks for the present password in its own form, always.
  'password.change': ROUTINE,
  'session.end': ROUTINE,
  'factor.enrol': GUARDED,
  'factor.remove': GUARDED,
  'factor.recoveryCodes': GUARDED,

  'client.register': GIVES_ACCESS,
  'client.change': GIVES_ACCESS,
  'client.enable': GIVES_ACCESS,
  'client.newSecret': GIVES_ACCESS,
  'client.disable': ROUTINE,
  'client.endSecret': ROUTINE,
  'client.delete': ROUTINE,
  'grant.end': ROUTINE,
  'tokens.clear': ROUTINE,
  'token.fetch': GIVES_ACCESS,
  'token.forget': ROUTINE,

  'webhook.register': GIVES_ACCESS,
  'webhook.change': GIVES_ACCESS,
  'webhook.takeOver': GIVES_ACCESS,
  'webhook.resume': GIVES_ACCESS,
  'webhook.pause': ROUTINE,
  'webhook.delete': ROUTINE,
  // To the address that was registered, what it was registered for.
  'webhook.test': ROUTINE,
  'webhook.resend': ROUTINE,
  'feed.install': ROUTINE,
  'feed.remove': ROUTINE,

  // Gives the plugin's clients and tokens access here, and takes it away again.
  'takeover.apply': GIVES_ACCESS,
  'takeover.undo': GIVES_ACCESS,
  'takeover.finish': GIVES_ACCESS,
  // Writes as much as a client with `read write` that the same member could approve. Who may is also who reads results, which
  // hold what any client has asked for.
  'job.upload': GIVES_ACCESS,
  'job.cancel': ROUTINE,

  'api.enable': GIVES_ACCESS,
  'api.disable': ROUTINE,
  'key.rotate': GUARDED,
  'key.retire': ROUTINE,
  // Ends every token that the key signed, of all apps at once.
  'key.retireNow': GIVES_ACCESS,
} as const satisfies Readonly<Record<string, Demand>>;

export type Act = keyof typeof DEMANDS;

export const demandOf = (act: Act): Demand => DEMANDS[act];
