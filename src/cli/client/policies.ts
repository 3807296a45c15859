/** The options of `tegata client create` and `update` for what a client has for itself: authentication, keys, lifetimes, token profile, quota. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { TOKEN_PROFILES } from '../../oauth/rules/client.ts';
import {
  CONFIDENTIAL_METHODS,
  COST_PER_MINUTE,
  LIFETIME_SECONDS,
  type Lifetime,
  type PolicyForm,
} from '../../oauth/rules/policy-form.ts';
import { CommandError } from '../failure.ts';
import { collectedFrom, oneFrom } from '../option-values.ts';

/** The option that sets a lifetime. */
export const LIFETIME_OPTIONS: Readonly<Record<Lifetime, string>> = {
  accessSeconds: '--access-ttl',
  refreshIdleSeconds: '--refresh-idle-ttl',
  refreshAbsoluteSeconds: '--refresh-absolute-ttl',
};

/** Gives a lifetime or the quota back to the installation. */
const USUAL = 'usual';

export type PolicyOptions = {
  authMethod?: string[];
  jwksFile?: string;
  jwksUri?: string;
  tokenProfile?: string;
  accessTtl?: string;
  refreshIdleTtl?: string;
  refreshAbsoluteTtl?: string;
  resourceServer?: boolean;
  quota?: string;
};

export function policyOptions(command: Command): Command {
  return command
    .option(
      '--auth-method <method>',
      `how the client may authenticate: ${CONFIDENTIAL_METHODS.join(', ')}; repeat for more`,
      collectedFrom(CONFIDENTIAL_METHODS),
    )
    .option('--jwks-file <path>', 'public keys for private_key_jwt: a file with a JWK Set')
    .option('--jwks-uri <uri>', 'or the https address where the client publishes them')
    .option(
      '--token-profile <profile>',
      `form of access tokens: ${TOKEN_PROFILES.join(', ')} (compat: as the plugin's)`,
      oneFrom(TOKEN_PROFILES),
    )
    .option('--access-ttl <seconds>', lifetimeHelp('life of an access token', 'accessSeconds'))
    .option(
      '--refresh-idle-ttl <seconds>',
      lifetimeHelp('life of an unused refresh token', 'refreshIdleSeconds'),
    )
    .option(
      '--refresh-absolute-ttl <seconds>',
      lifetimeHelp('longest life of an approval', 'refreshAbsoluteSeconds'),
    )
    .option(
      '--quota <points>',
      `cost points a minute on /api, ${COST_PER_MINUTE.min} to ${COST_PER_MINUTE.max}; “${USUAL}”: as the installation`,
    )
    .option('--resource-server', 'may introspect tokens of other clients')
    .option('--no-resource-server', 'may introspect its own tokens only');
}

const lifetimeHelp = (what: string, lifetime: Lifetime): string =>
  `${what}, ${LIFETIME_SECONDS[lifetime].min} to ${LIFETIME_SECONDS[lifetime].max}; “${USUAL}”: as the installation`;

/** `before` with what the options change; a public client has no choice of authentication. */
export function changedPolicies(before: PolicyForm, options: PolicyOptions, isPublic: boolean): PolicyForm {
  const { authMethod, jwksFile, jwksUri, resourceServer } = options;
  if (isPublic && (authMethod ?? jwksFile ?? jwksUri ?? resourceServer) !== undefined) {
    throw new CommandError('a public client cannot authenticate: it has no keys, and introspects nothing');
  }
  const named = jwksFile !== undefined || jwksUri !== undefined;
  return {
    accessSeconds: orUsual(options.accessTtl, before.accessSeconds),
    refreshIdleSeconds: orUsual(options.refreshIdleTtl, before.refreshIdleSeconds),
    refreshAbsoluteSeconds: orUsual(options.refreshAbsoluteTtl, before.refreshAbsoluteSeconds),
    authMethods: authMethod ?? before.authMethods,
    tokenProfile: options.tokenProfile ?? before.tokenProfile,
    // Keys at an address take the place of pasted ones, and the other way round.
    jwks: named ? keysOf(jwksFile) : before.jwks,
    jwksUri: named ? (jwksUri ?? '') : before.jwksUri,
    resourceServer: resourceServer ?? before.resourceServer,
    costPerMinute: orUsual(options.quota, before.costPerMinute),
  };
}

const orUsual = (asked: string | undefined, before: string): string =>
  asked === undefined ? before : asked === USUAL ? '' : asked;

function keysOf(path: string | undefined): string {
  if (path === undefined) return '';
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(`--jwks-file: ${path} cannot be read`);
  }
}
