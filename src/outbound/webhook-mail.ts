/** The mail that tells the shop's staff that an endpoint hears nothing any more. */
import type { MailMessage } from './message.ts';

export type WebhookMail = {
  readonly shopName: string;
  readonly from: string;
  readonly to: string;
  readonly payloadUrl: string;
  readonly reason: 'failing' | 'gone' | 'access';
  /** e.g. `HTTP 500` */
  readonly error: string;
  /** `2026/11/23 17:00`; null = unknown. */
  readonly failingSince: string | null;
  /** The endpoint's page in the admin. */
  readonly pageUrl: string;
};

export function webhookMail(mail: WebhookMail): MailMessage {
  const { shopName, from, to } = mail;
  const subject = `[${shopName}] WebHookの送信を停止しました`;
  return { from: { address: from, name: shopName }, to, subject, text: textOf(mail) };
}

/** What happened, and what to do next. */
const WORDS: Readonly<Record<WebhookMail['reason'], readonly [string, string]>> = {
  gone: [
    '送信先が「410 Gone」（受信の終了）を返したため、次のWebHookを無効にしました。',
    '送信を続ける場合は、送信先を確認のうえ、次のページで「有効」にして登録し直してください。',
  ],
  failing: [
    '送信の失敗が長時間続いているため、次のWebHookの送信を停止しました。',
    '停止中の変更は7日間保存されます。送信先を確認のうえ、次のページで送信を再開してください。',
  ],
  access: [
    '登録したAPIクライアントの権限（許可・スコープ）がなくなったため、次のWebHookの送信を停止しました。',
    '停止中の変更は7日間保存されます。送信を続ける場合は、APIクライアントの権限を戻してから、次のページで送信を再開してください。',
  ],
};

function textOf({ shopName, payloadUrl, reason, error, failingSince, pageUrl }: WebhookMail): string {
  const [happened, next] = WORDS[reason];
  return [
    `${shopName} ご担当者様`,
    '',
    happened,
    '',
    `Payload URL: ${payloadUrl}`,
    ...(reason === 'access' ? [] : [`直近のエラー: ${error}`]),
    ...(failingSince === null ? [] : [`失敗の始まり: ${failingSince}`]),
    '',
    next,
    pageUrl,
    '',
    '※このメールは、Tegata（EC-CUBE Web API）から自動で送信しています。',
    '',
  ].join('\n');
}
