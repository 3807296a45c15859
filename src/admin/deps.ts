/** What the admin's routes are given; they parse, call one flow, and render or redirect. */
import type { FastifyRequest } from 'fastify';
import type { JobDeps } from '../graphql/jobs/job-deps.ts';
import type { ApiSwitch } from '../oauth/api-switch.ts';
import type { ClientDeps } from '../oauth/clients.ts';
import type { SigningKeyDeps } from '../oauth/keys/rotation.ts';
import type { TokenDeps } from '../oauth/token/token-deps.ts';
import type { Locale, Text } from '../shop/text.ts';
import type { IdentityDeps } from '../staff/session.ts';
import type { PluginKeys, TakeoverDeps } from '../takeover/deps.ts';
import type { WebhookDeps } from '../webhook/deps.ts';
import type { PluginTables } from '../webhook/take-over.ts';

export type Shop = { readonly name: string; readonly url: string | null };

/** The login by EC-CUBE's admin (plugin tegata-link). */
export type SignOn = {
  readonly secret: string;
  /** Where the plugin hands out tickets. */
  readonly ticketUrl: string;
};

export type AdminDeps = {
  readonly adminRoute: string;
  /** Where the pages of our own lie: `TEGATA_PATH`. */
  readonly pagesPath: string;
  /** The path of `publicUrl`, '' when it has none; the router does not see it. */
  readonly basePath: string;
  /** Base URL that the world sees, without trailing slash. */
  readonly publicUrl: string;
  readonly version: string;
  readonly locale: Locale;
  /** The shop's setting decides, whatever a browser prefers. */
  readonly localeFixed: boolean;
  readonly timeZone: string;
  /** How long the requests of clients are kept; 0 = not at all. */
  readonly requestLogDays: number;
  readonly shop: () => Promise<Shop>;
  /** undefined: `TEGATA_LINK_SECRET` is not set. */
  readonly signOn: SignOn | undefined;
  readonly token: TokenDeps;
  /** Throws when an address begins too many authorizations: each leaves a row. */
  readonly limitAuthorize: (request: FastifyRequest) => Promise<void>;
  /** Throws when too many requests of an address wait for a login. */
  readonly limitWaiting: (request: FastifyRequest) => Promise<void>;
  readonly clients: ClientDeps;
  readonly identity: IdentityDeps;
  readonly apiSwitch: ApiSwitch;
  readonly signingKeys: SigningKeyDeps;
  /** Paths of keys and data that other users of the machine may read. */
  readonly openFiles: () => readonly string[];
  readonly webhooks: WebhookDeps;
  readonly jobs: JobDeps;
  /** There is a job that waits for its turn. */
  readonly wakeJobs: () => void;
  readonly pluginTables: PluginTables;
  readonly takeover: TakeoverDeps;
  /** Those of EC-CUBE's plugin, as they are found now. */
  readonly pluginKeys: () => PluginKeys;
  /** Those of extensions, in words. */
  readonly furtherScopes: readonly { readonly name: string; readonly description?: Text }[];
  readonly furtherTopics: readonly { readonly entity: string; readonly label: Text }[];
};
