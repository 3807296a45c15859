/** Probes of the shop's database: reachable, ours up to date, the shop's as declared, its staff able to log in. */
import { existsSync } from 'node:fs';
import type { Config } from '../../app/config/config.ts';
import { VARIABLES } from '../../app/config/variables.ts';
import { openToOthers } from '../../app/key-files.ts';
import { VERSION } from '../../app/version.ts';
import { type Clock, systemClock } from '../../base/clock.ts';
import type { FeedSource } from '../../database/feed-sources.ts';
import { type LiveSchema, readShopSchema } from '../../database/live-schema.ts';
import { migrationStates } from '../../database/migrate.ts';
import { openStore, type Store } from '../../database/open.ts';
import { triggerHindrance } from '../../database/rights.ts';
import { readServerFacts } from '../../database/server-facts.ts';
import type { Probe } from '../../extension/contract.ts';
import { fitToShop } from '../../extension/fit.ts';
import { loadExtensions } from '../../extension/load.ts';
import { feedStatus, isGood } from '../../feed/store/triggers.ts';
import { SYSTEM_ADMIN_AUTHORITY_ID } from '../../oauth/rules/scope.ts';
import { countClients } from '../../oauth/store/client-search.ts';
import { MOST_JUDGED, securityReport } from '../../security/report.ts';
import type { SecurityFinding } from '../../security/security-findings.ts';
import { coreEntities } from '../../shop/registry.ts';
import { allMembers, memberCapabilities } from '../../staff/store/members.ts';
import { fileOf } from '../command.ts';
import { failureLine, firstFailureLine } from '../failure.ts';
import { CLOCK_TODO, clockFault } from '../start-faults.ts';
import { type Finding, fault, note, ok, warning } from './finding.ts';
import { indexFindings } from './indexes.ts';
import { keyFolderFinding, keyStrength, proxyFinding, writeFinding } from './nodes.ts';
import { replicaFindings } from './replica.ts';
import { securityLines } from './security.ts';

const DATABASE = 'database';
const FEED = 'change feed';
const MODERN_HASH = /^\$(?:2|argon2)/;

export type DatabaseFindings = {
  readonly findings: readonly Finding[];
  /** Absent when the database cannot be asked. */
  readonly security?: readonly SecurityFinding[];
};

export async function databaseFindings(config: Config): Promise<DatabaseFindings> {
  const file = fileOf(config.databaseUrl);
  if (config.embedded && file !== undefined && !existsSync(file)) {
    return { findings: [note(DATABASE, `${file} is not there yet; the first start makes a shop in it`)] };
  }
  const store = openStore(config.databaseUrl, { poolSize: 1, statementTimeoutSeconds: 30 });
  try {
    const server = await serverFindings(store, systemClock);
    const replica = await replicaFindings(config, store);
    const { findings, ...security } = await contentFindings(config, store);
    return { findings: [...server, ...replica, ...findings], ...security };
  } catch (error) {
    return { findings: [fault(DATABASE, failureLine(error), 'mend that and run tegata doctor again')] };
  } finally {
    await store.close();
  }
}

async function serverFindings(store: Store, clock: Clock): Promise<Finding[]> {
  const facts = await readServerFacts(store);
  const apart = clockFault(facts, clock.now());
  return [
    ok(DATABASE, `${facts.kind} ${facts.version}`),
    apart === undefined
      ? ok('clock', 'this machine and the database agree')
      : fault('clock', apart, CLOCK_TODO),
  ];
}

async function contentFindings(config: Config, store: Store): Promise<DatabaseFindings> {
  const schema = await readShopSchema(store);
  const migrations = await migrationFinding(config, store);
  const declared = await loadExtensions(config.extensions, coreEntities, VERSION);
  const { registry, notes } = fitToShop(declared, schema);
  const findings = [
    migrations,
    ...shopFindings(config, notes),
    ...(await indexFindings(store, registry)),
    ...(await staffFindings(config, store, schema)),
    ...(await Promise.all(declared.probes.map((probe) => probeFinding(probe, store)))),
  ];
  if (migrations.state !== 'ok') return { findings };
  findings.push(await keyFolderFinding(config, store), await proxyFinding(config, store));
  const security = await securityOf(config, store, schema);
  const feed = await feedFinding(store, declared.feedSources);
  const writes = await writeFinding(store);
  const clients = (await countClients(store.db)).more
    ? [note('clients', `of more than a thousand the newest ${MOST_JUDGED} were looked at`)]
    : [];
  return { findings: [...findings, writes, feed, ...securityLines(security), ...clients], security };
}

const securityOf = async (config: Config, store: Store, schema: LiveSchema): Promise<SecurityFinding[]> =>
  securityReport({
    store,
    clock: systemClock,
    issuer: config.publicUrl,
    codeSeconds: config.codeTtlSeconds,
    passwordCost: config.passwordCost,
    twoFactorEnabled: config.twoFactorEnabled,
    memberCapabilities: memberCapabilities(schema),
    openFiles: openToOthers(config.dataDir),
    keyStrength: await keyStrength(config, store.db),
  });

async function migrationFinding({ embedded }: Config, store: Store): Promise<Finding> {
  const states = await migrationStates(store);
  const missing = states.filter(({ appliedAt }) => appliedAt === null);
  if (missing.length === 0) return ok('migrations', `all ${states.length} are applied`);
  const names = missing.map(({ name }) => name).join(', ');
  if (embedded) return note('migrations', `the next start applies ${names}`);
  return fault('migrations', `not applied: ${names}`, 'tegata migrate plan, then tegata migrate apply');
}

function shopFindings({ extensions }: Config, notes: readonly string[]): Finding[] {
  const named = extensions.length === 0 ? [] : [ok('extensions', extensions.join(', '))];
  if (notes.length === 0) return [...named, ok('shop', 'every table and column of EC-CUBE 4.3 is there')];
  return [...named, ...notes.map((text) => note('shop', text))];
}

async function staffFindings(config: Config, store: Store, schema: LiveSchema): Promise<Finding[]> {
  const members = (await allMembers(store.db, memberCapabilities(schema))).filter(({ active }) => active);
  const legacy = members.filter(({ password }) => !MODERN_HASH.test(password)).length;
  const administrators = members.filter(
    ({ authorityId }) => authorityId === SYSTEM_ADMIN_AUTHORITY_ID,
  ).length;
  return [
    administrators > 0
      ? ok('administrators', `${administrators} may approve clients`)
      : warning(
          'administrators',
          'no active member is システム管理者, so nobody can approve a client',
          'tegata member create LOGIN_ID',
        ),
    legacy > 0 && config.authMagic === VARIABLES.authMagic.fallback
      ? fault(
          'ECCUBE_AUTH_MAGIC',
          `${legacy} member(s) have passwords of EC-CUBE 4.0–4.2, which cannot be checked with the default value`,
          'give the shop’s .env with --env-file, or set ECCUBE_AUTH_MAGIC to its value',
        )
      : ok('ECCUBE_AUTH_MAGIC', legacy > 0 ? 'set' : 'not needed: no password of EC-CUBE 4.0–4.2'),
  ];
}

async function probeFinding(probe: Probe, { db }: Store): Promise<Finding> {
  try {
    await probe.check({ db });
    return ok(probe.name, 'in order');
  } catch (error) {
    return fault(probe.name, firstFailureLine(error), 'see the extension that brings this probe');
  }
}

async function feedFinding(store: Store, sources: readonly FeedSource[]): Promise<Finding> {
  const { state, triggers, skipped } = await feedStatus(store, sources);
  const hindrance = state === 'installed' ? undefined : await triggerHindrance(store);
  const left = skipped.length === 0 ? '' : `; not watched, as absent: ${skipped.join(', ')}`;
  const unread = triggers.some((trigger) => trigger.state === 'unread')
    ? ' (this database user may not read their text)'
    : '';
  if (state === 'installed') return ok(FEED, `${triggers.length} triggers in place${unread}${left}`);
  if (state === 'outdated') {
    return warning(
      FEED,
      'the triggers are of an earlier version of Tegata: should its tables ever be missing, the shop’s own writes would fail',
      hindrance ?? 'tegata feed install makes them anew',
    );
  }
  if (state === 'absent')
    return note(
      FEED,
      `no trigger is installed: webhooks hear of no change, and a large shop counts and searches texts anew each time; ${hindrance ?? 'tegata feed install'}`,
    );
  const wrong = triggers.filter((trigger) => !isGood(trigger.state));
  return fault(
    FEED,
    wrong.map((trigger) => `${trigger.name} is ${trigger.state}`).join(', '),
    hindrance ?? 'tegata feed install puts them in order',
  );
}
