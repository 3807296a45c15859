/** Joins webhooks and GraphQL: what a client's endpoint may hear of, and the results of its query. */
import { GraphQLError, Kind } from 'graphql';
import { randomHex } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../database/open.ts';
import type { ChangeEvent } from '../feed/store/feed.ts';
import type { Api } from '../graphql/api.ts';
import { type ReadableTopic, readableChanges } from '../graphql/readable-changes.ts';
import type { ApiSwitch } from '../oauth/api-switch.ts';
import type { Principal } from '../oauth/rules/scope.ts';
import { standingScopes } from '../oauth/standing-access.ts';
import type { EventData, WebhookClients } from '../webhook/clients.ts';
import type { WebhookOwner } from '../webhook/store/webhook-row.ts';

export type WebhookClientsDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly topics: readonly ReadableTopic[];
  readonly apiSwitch: Pick<ApiSwitch, 'isOn'>;
  /** Made after what it is itself made of. */
  readonly api: () => Api;
};

const REQUEST_ID_BYTES = 8;

export const webhookClients = (deps: WebhookClientsDeps): WebhookClients => ({
  accessOf: async (owner) => {
    const scopes = await standingScopes(deps.store.db, owner, deps.clock.now());
    if (!scopes?.has('webhooks')) return undefined;
    const principal = principalOf(owner, scopes);
    return {
      readable: (entities) => readableEntities(deps.topics, entities, scopes),
      dataOf: (query, event) => dataOf(deps, principal, query, event),
    };
  },
});

/** Undefined = one of them, or all, may not be read. */
export function readableEntities(
  topics: readonly ReadableTopic[],
  entities: readonly string[] | undefined,
  scopes: ReadonlySet<string>,
): readonly string[] | undefined {
  const readable = readableChanges(topics, entities, scopes);
  if (!readable.ok) return undefined;
  return readable.entities ?? topics.map(({ entity }) => entity);
}

const principalOf = (owner: WebhookOwner, scopes: ReadonlySet<string>): Principal => ({
  clientId: owner.clientId,
  grantId: owner.grantId,
  jti: '',
  memberId: owner.memberId,
  subject: '',
  scopes,
});

/** Errors of the query stand in the result, as the API gives them. */
async function dataOf(
  { api, apiSwitch, log }: WebhookClientsDeps,
  principal: Principal,
  query: string,
  { id }: ChangeEvent,
): Promise<EventData> {
  const requestId = `webhook-${randomHex(REQUEST_ID_BYTES)}`;
  try {
    if (!(await apiSwitch.isOn()))
      return { data: null, errors: [{ message: 'The Web API is switched off.' }] };
    return await run(api(), principal, requestId, query, id);
  } catch (error) {
    log.error({ err: error, requestId }, 'the query of a webhook failed');
    return { data: null, errors: [{ message: 'Internal server error', extensions: { requestId } }] };
  }
}

async function run(api: Api, principal: Principal, requestId: string, query: string, id: number) {
  const prepared = api.prepare({ query, variables: { id: String(id) } }, { principal, requestId });
  if (prepared.kind !== 'ready') {
    const errors = prepared.kind === 'errors' ? prepared.errors : [prepared.error];
    return { data: null, errors: errors.map((error) => api.publish(error, requestId)) };
  }
  try {
    const text = api.write(prepared.args, await api.run(prepared.args));
    const { data = null, errors } = JSON.parse(text) as Partial<EventData>;
    return { data, ...(errors && { errors }) };
  } finally {
    api.release(prepared.args);
  }
}

/** What is wrong with a query of a payload, in words; undefined = the caller may have it run. */
export function queryFault(
  api: Api,
  principal: Principal,
  requestId: string,
  query: string,
): string | undefined {
  const prepared = api.prepare({ query, variables: { id: '1' } }, { principal, requestId });
  if (prepared.kind === 'forbidden') return prepared.error.message;
  if (prepared.kind === 'errors') return prepared.errors.map(({ message }) => message).join(' ');
  try {
    const operations = prepared.args.document.definitions.filter(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION,
    );
    const [operation] = operations;
    if (operations.length !== 1 || operation?.operation !== 'query') return 'Give one query.';
    const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
    return names.every((name) => name === 'id') ? undefined : 'Only the variable $id is given.';
  } catch (error) {
    if (error instanceof GraphQLError) return error.message;
    throw error;
  } finally {
    api.release(prepared.args);
  }
}
