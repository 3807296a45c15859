/** The rows of the WebHook form, for registration and for editing. */
import type { ListedName } from '../../oauth/store/client-search.ts';
import type { OrderStatusName } from '../../shop/store/order-statuses.ts';
import { type EndpointFault, topicsOf, WEBHOOK_ACTIONS } from '../../webhook/endpoints.ts';
import type { WebhookTopic } from '../../webhook/store/webhook-row.ts';
import type { Messages } from '../i18n/ja/messages.ts';
import { usePage } from '../ui/context.ts';
import type { FaultyField } from '../ui/error-summary.tsx';
import { Choice, CopyButton, FieldError, FieldRow, GroupRow, Help, Switch } from '../ui/form.tsx';
import { OwnChangesRow } from './own-changes-row.tsx';
import { topicWord } from './topic-words.ts';

/** The values of the form: the stored values, or what was just posted. The secret is never shown again. */
export type WebhookFormValues = {
  readonly payloadUrl: string;
  readonly enabled: boolean;
  readonly description: string;
  readonly topics: readonly string[];
  readonly orderStatuses: readonly number[];
  readonly excludedClientId: string | null;
};

export type WebhookFieldsProps = {
  readonly values: WebhookFormValues;
  readonly faults: readonly EndpointFault[];
  /** The things whose changes may be chosen. */
  readonly entities: readonly string[];
  readonly statusOptions: readonly OrderStatusName[];
  /** Whose own changes may be left out. */
  readonly clients: readonly ListedName[];
  /** A secret is stored already. */
  readonly hasSecret: boolean;
  /** Made by the button, shown this once; it is not stored yet. */
  readonly madeSecret?: string | undefined;
  /** Until when the secret before the stored one signs too, in words; null = it does not. */
  readonly formerUntil?: string | null;
};

const LIMITS: Partial<Record<EndpointFault['field'], number>> = {
  payloadUrl: 1024,
  secret: 1024,
  description: 255,
  topics: 0,
  orderStatuses: 50,
};

/**
 * Fields `payload_url`, `secret`, `secret_made`, `secret_clear`, `secret_end_former` (`1` or absent), `enabled` (`1` or absent), `description`, `topics`*,
 * `order_statuses`*, `excluded_client`; the button `make_secret` asks for the form again with a secret in it.
 */
export function WebhookFields(props: WebhookFieldsProps) {
  return (
    <>
      <UrlRow {...props} />
      <SecretRow {...props} />
      <EnabledRow {...props} />
      <TopicsRow {...props} />
      {props.statusOptions.length > 0 && <StatusesRow {...props} />}
      <OwnChangesRow
        clients={props.clients}
        chosen={props.values.excludedClientId}
        fault={useFaultText(props, 'excludedClientId')}
      />
      <DescriptionRow {...props} />
    </>
  );
}

/** In the order of the rows. */
export function faultyWebhookFields(
  faults: readonly EndpointFault[],
  { webhooks, webhookForm: t }: Messages,
): FaultyField[] {
  const rows = [
    ['payloadUrl', 'payload_url', webhooks.payloadUrl],
    ['secret', 'secret', t.secret],
    ['topics', 'topics', t.events],
    ['orderStatuses', 'order_statuses', t.statuses],
    ['excludedClientId', 'excluded_client', t.ownChanges],
    ['description', 'description', t.description],
  ] as const;
  const isWrong = (name: EndpointFault['field']) => faults.some(({ field }) => field === name);
  return rows.filter(([field]) => isWrong(field)).map(([, id, label]) => ({ id, label }));
}

/** Read while a row is rendered. */
function useFaultText({ faults }: WebhookFieldsProps, field: EndpointFault['field']) {
  const { faults: t } = usePage().messages.webhookForm;
  const fault = faults.find((one) => one.field === field)?.fault;
  if (fault === undefined) return undefined;
  if (fault === 'too_short') return t.secretShort;
  return fault === 'too_long' ? t.tooLong(LIMITS[field] ?? 0) : t[fault];
}

const invalidClass = (text: string | undefined): string =>
  text === undefined ? 'form-control' : 'form-control is-invalid';

function UrlRow(props: WebhookFieldsProps) {
  const { messages } = usePage();
  const { webhookForm: t } = messages;
  const { values } = props;
  const text = useFaultText(props, 'payloadUrl');
  return (
    <FieldRow id="payload_url" label={messages.webhooks.payloadUrl} required>
      <input
        class={invalidClass(text)}
        id="payload_url"
        name="payload_url"
        inputMode="url"
        value={values.payloadUrl}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-required="true"
        aria-invalid={text !== undefined}
        aria-describedby="payload_url-error payload_url-help"
      />
      <FieldError id="payload_url" text={text} />
      <Help id="payload_url">{isPlain(values.payloadUrl) ? t.urlPlain : t.urlHelp}</Help>
    </FieldRow>
  );
}

/** What does not leave this machine needs no encryption. */
const isPlain = (payloadUrl: string): boolean =>
  /^http:\/\/(?!localhost[:/]|127\.|\[::1\])/i.test(payloadUrl);

function SecretRow(props: WebhookFieldsProps) {
  const { messages } = usePage();
  const { webhookForm: t } = messages;
  const { hasSecret } = props;
  return (
    <FieldRow id="secret" label={t.secret}>
      <SecretInput {...props} />
      <FieldError id="secret" text={useFaultText(props, 'secret')} />
      <SecretHelp {...props} />
      <button type="submit" name="make_secret" value="1" class="btn btn-sm btn-ec-regular">
        {t.secretMake}
      </button>
      {hasSecret && (
        <>
          <OneChoice id="secret_end_former" label={t.secretEndFormer} />
          <OneChoice id="secret_clear" label={t.secretClear} />
        </>
      )}
    </FieldRow>
  );
}

const OneChoice = ({ id, label }: { id: string; label: string }) => (
  <Choice type="checkbox" id={id} name={id} value="1" checked={false} label={label} />
);

/** One that was made is shown, so that it can be copied; one that was typed never is. */
function SecretInput(props: WebhookFieldsProps) {
  const { messages } = usePage();
  const { madeSecret } = props;
  const text = useFaultText(props, 'secret');
  const same = {
    class: invalidClass(text),
    id: 'secret',
    name: 'secret',
    autocomplete: 'new-password',
    'aria-invalid': text !== undefined,
    'aria-describedby': 'secret-error secret-help',
  };
  if (madeSecret === undefined) return <input type="password" {...same} />;
  return (
    <div class="copy-field">
      <input type="text" {...same} value={madeSecret} spellcheck={false} />
      <input type="hidden" name="secret_made" value="1" />
      <CopyButton id="secret" label={messages.webhookForm.secret} />
    </div>
  );
}

function SecretHelp({ hasSecret, madeSecret, formerUntil = null }: WebhookFieldsProps) {
  const { webhookForm: t } = usePage().messages;
  const told = [
    ...(madeSecret === undefined ? [] : [t.secretMade]),
    ...(hasSecret && madeSecret === undefined ? [t.secretKept] : []),
    ...(formerUntil === null ? [] : [t.secretFormer(formerUntil)]),
  ];
  return (
    <Help id="secret">
      {told.map((text) => (
        <>
          <strong>{text}</strong>
          <br />
        </>
      ))}
      {t.secretHelp}
      {hasSecret && (
        <>
          <br />
          {t.secretOverlap}
        </>
      )}
    </Help>
  );
}

function EnabledRow({ values }: WebhookFieldsProps) {
  const { messages } = usePage();
  return (
    <GroupRow id="enabled-row" label={messages.webhooks.enabled}>
      <Switch id="enabled" name="enabled" checked={values.enabled} label={messages.common.enabled} />
    </GroupRow>
  );
}

function TopicsRow(props: WebhookFieldsProps) {
  const { messages } = usePage();
  const { webhookForm: t } = messages;
  const { entities } = props;
  return (
    <GroupRow id="topics" label={t.events}>
      {entities.map((entity) => (
        <div class="choices" key={entity}>
          {topicsOf(entity).map((topic) => (
            <TopicChoice key={topic} entity={entity} topic={topic} {...props} />
          ))}
        </div>
      ))}
      <FieldError id="topics" text={useFaultText(props, 'topics')} />
      <Help id="topics">{t.eventsHelp}</Help>
    </GroupRow>
  );
}

type TopicChoiceProps = WebhookFieldsProps & { entity: string; topic: WebhookTopic };

function TopicChoice({ values, entity, topic }: TopicChoiceProps) {
  const { messages } = usePage();
  const action = WEBHOOK_ACTIONS.find((one) => topic.endsWith(`.${one}`)) ?? 'updated';
  return (
    <Choice
      type="checkbox"
      id={`topic-${entity}-${action}`}
      name="topics"
      value={topic}
      checked={values.topics.includes(topic)}
      label={topicWord(topic, messages)}
    />
  );
}

function StatusesRow(props: WebhookFieldsProps) {
  const { messages } = usePage();
  const { webhookForm: t } = messages;
  const { values, statusOptions } = props;
  return (
    <GroupRow id="order_statuses" label={t.statuses}>
      <div class="choices">
        {statusOptions.map(({ id, name }) => (
          <Choice
            key={id}
            type="checkbox"
            id={`order-status-${id}`}
            name="order_statuses"
            value={String(id)}
            checked={values.orderStatuses.includes(id)}
            label={name}
          />
        ))}
      </div>
      <FieldError id="order_statuses" text={useFaultText(props, 'orderStatuses')} />
      <Help id="order_statuses">{t.statusesHelp}</Help>
    </GroupRow>
  );
}

function DescriptionRow(props: WebhookFieldsProps) {
  const { messages } = usePage();
  const { webhookForm: t } = messages;
  const { values } = props;
  const text = useFaultText(props, 'description');
  return (
    <FieldRow id="description" label={t.description}>
      <input
        class={invalidClass(text)}
        id="description"
        name="description"
        value={values.description}
        autocomplete="off"
        aria-invalid={text !== undefined}
        aria-describedby="description-error description-help"
      />
      <FieldError id="description" text={text} />
      <Help id="description">{t.descriptionHelp}</Help>
    </FieldRow>
  );
}
