/** What staff call the things that change; one of an extension that is away keeps its name on the wire. */

import { WEBHOOK_ACTIONS } from '../../webhook/endpoints.ts';
import type { WebhookTopic } from '../../webhook/store/webhook-row.ts';
import type { Messages } from '../i18n/ja/messages.ts';

export function entityWord(entity: string, { webhookForm }: Messages): string {
  const words: Readonly<Record<string, string>> = webhookForm.entities;
  return words[entity] ?? entity;
}

/** `商品 更新` */
export function topicWord(topic: WebhookTopic, messages: Messages): string {
  const { actions } = messages.webhookForm;
  const action = WEBHOOK_ACTIONS.find((one) => topic.endsWith(`.${one}`)) ?? 'updated';
  return `${entityWord(topic.slice(0, topic.lastIndexOf('.')), messages)} ${actions[action]}`;
}
