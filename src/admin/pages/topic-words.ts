/** What staff call the things that change; one of an extension that is away keeps its name on the wire. */
import type { Messages } from '../i18n/ja.ts';

export function entityWord(entity: string, { webhookForm }: Messages): string {
  const words: Readonly<Record<string, string>> = webhookForm.entities;
  return words[entity] ?? entity;
}
