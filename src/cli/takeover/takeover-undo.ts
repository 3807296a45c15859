import type { Command } from 'commander';
import type { GivenClient } from '../../takeover/give-clients.ts';
import type { GivenWebhook } from '../../takeover/give-webhooks.ts';
import { planUndo, undoTakeover } from '../../takeover/undo.ts';
import { OPERATOR, print, withExamples, withServices } from '../command.ts';
import { CommandError } from '../failure.ts';
import { count, harmless } from '../table.ts';

export function takeoverUndoCommand(group: Command): void {
  const command = group
    .command('undo')
    .description(
      'give the shop back to the plugin: clients as they are now, webhooks; tokens go on there. All of it or nothing; safe to repeat',
    )
    .option('--dry-run', 'change nothing; say what would happen')
    .action(undo);
  withExamples(command, 'takeover undo --dry-run', 'takeover undo --json');
}

const REASONS = {
  not_taken_over: 'nothing is taken over; see: tegata takeover status',
  finished: 'the way back was closed by tegata takeover finish',
  no_plugin: 'the plugin’s tables are gone: install the plugin again first',
} as const;

async function undo({ dryRun = false }: { dryRun?: boolean }, command: Command): Promise<void> {
  await withServices(command, async ({ takeover }) => {
    const result = dryRun ? await planUndo(takeover) : await undoTakeover(takeover, OPERATOR);
    if (!result.ok) throw new CommandError(REASONS[result.reason]);
    const { clients, webhooks, ownRefreshTokens, isNew } = result;
    const json = {
      dry_run: dryRun,
      new: isNew,
      clients: clients.map((one) => ({
        client_id: one.clientId,
        client_name: one.name,
        outcome: one.outcome,
        why: one.why ?? null,
      })),
      webhooks: webhooks.map(({ payloadUrl, outcome }) => ({ payload_url: payloadUrl, outcome })),
      refresh_tokens_left: ownRefreshTokens,
    };
    print(command, json, [
      ...clients.flatMap(clientLines),
      ...webhooks.map(webhookLine),
      ...(ownRefreshTokens > 0
        ? [
            `${count(ownRefreshTokens, 'refresh token')} of Tegata’s own form: those apps must be approved there`,
          ]
        : []),
      endLine(dryRun, isNew),
    ]);
  });
}

function endLine(dryRun: boolean, isNew: boolean): string {
  if (dryRun) return 'nothing was changed';
  return isNew
    ? 'given back. Now lead the addresses to EC-CUBE again; when nothing comes in here any more: tegata takeover finish'
    : 'it was given back before';
}

const WHY: Readonly<Record<NonNullable<GivenClient['why']>, string>> = {
  id: 'its ID is none of the plugin’s',
  scopes: 'it has scopes that the plugin does not know',
  grants: 'it has grants that the plugin does not know',
  authentication: 'it has no secret, but keys',
  own: 'it is Tegata’s own',
  no_secret: 'its secret was made before the takeover and is known only as a hash',
};

const OUTCOMES: Readonly<Record<GivenClient['outcome'], string>> = {
  created: 'goes to the plugin',
  changed: 'changed in the plugin',
  same: 'as it was',
  switched_off: 'was removed here, so it is switched off in the plugin',
  stays: 'stays here',
};

const clientLines = ({ clientId, outcome, why }: GivenClient): string[] =>
  outcome === 'same'
    ? []
    : [`client ${harmless(clientId)}: ${OUTCOMES[outcome]}${why ? `; ${WHY[why]}` : ''}`];

const WEBHOOKS: Readonly<Record<GivenWebhook['outcome'], string>> = {
  given: 'goes to the plugin',
  wider: 'goes to the plugin, which knows no choice of events and will send all of them',
  stays: 'stays here',
};

const webhookLine = ({ payloadUrl, outcome }: GivenWebhook): string =>
  `webhook ${harmless(payloadUrl)}: ${WEBHOOKS[outcome]}`;
