/** Sends a mail to the orderer, as the mail page of an order does: a text of the caller's, kept in the order's mail history. */
import { transact } from '../../../database/transact.ts';
import type { Mailer } from '../../../outbound/mailer.ts';
import type { MailMessage } from '../../../outbound/message.ts';
import { formMessages } from '../../../shop/forms/messages.ts';
import { maxLength, notBlank } from '../../../shop/forms/rules.ts';
import type { ShopStore } from '../../../shop/rows/select.ts';
import { insertRow, lockRows, readRows, type Writing } from '../../../shop/rows/write.ts';
import { InvalidArgument } from '../../errors.ts';
import { shopEnvelope } from '../../mails/shop-envelope.ts';
import type { Mutation, MutationContext } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import { readTexts } from '../customers/person-form.ts';
import { type FormRules, faultAt, throwFaults } from '../form-faults.ts';
import { ORDER_ID } from './order-input.ts';

export type OrderMailDeps = {
  readonly orderMails: {
    readonly store: ShopStore;
    readonly mailer: Mailer;
    /** Told why a mail could not be sent; the caller only learns that it was not. */
    readonly mailFailed: (error: unknown, requestId: string | undefined) => void;
  };
};

type Args = {
  readonly id: string;
  readonly subject?: string | null;
  readonly template_id?: string | null;
  readonly body: string;
};

const MOST_SUBJECT = 255; // of dtb_mail_history.mail_subject, the shop's name included
const MOST_BODY = 20_000;
const RULES: FormRules = {
  subject: [notBlank, maxLength(MOST_SUBJECT)],
  body: [notBlank, maxLength(MOST_BODY)],
};

export const sendOrderMail = ({ orderMails }: OrderMailDeps): Mutation => ({
  name: 'sendOrderMail',
  scopes: ['read', 'write'],
  description: {
    ja: '注文者にメールを送り、受注のメール送信履歴に残します。件名には [ショップ名] が付きます。本文はそのまま送られます（テンプレートの本文は EC-CUBE のファイルにあるため使えません）。送信できなかったときはエラー MAIL_FAILED を返し、履歴にも残しません。もう一度送るときは新しい clientMutationId を使ってください。',
    en: 'Mails the orderer, and keeps the mail in the order’s history. The subject begins with [name of the shop]; the body goes out as it is, because the bodies of templates are files of EC-CUBE. A mail that could not be sent is the error MAIL_FAILED and is not kept; to send it again use a new clientMutationId.',
  },
  example: `mutation {
  sendOrderMail(
    id: 17
    template_id: 1
    body: "ご注文の商品は明日発送いたします。"
    validateOnly: true
  ) {
    id
    MailHistories {
      mail_subject
      send_date
    }
  }
}`,
  args: {
    id: ORDER_ID,
    template_id: {
      type: 'ID',
      description: {
        ja: 'メールテンプレートのID（subject を省略したときの件名に使います）',
        en: 'ID of a mail template, whose subject is used when none is given',
      },
      crosses: [],
    },
    subject: { type: 'String', description: { ja: '件名', en: 'Subject' }, crosses: [] },
    body: {
      type: 'String!',
      description: { ja: `本文（${MOST_BODY}文字まで）`, en: `Body (at most ${MOST_BODY} characters)` },
      crosses: [],
      longest: MOST_BODY,
    },
  },
  type: 'Order',
  run: async (context, given) => {
    const args = given as Args;
    const id = rowId(args.id);
    if (!orderMails.mailer.sends && !context.validateOnly) {
      throw invalid('id', 'No mail can be sent: MAILER_DSN names no mail server', 'MAIL_FAILED');
    }
    const message = await messageOf(context, id, args);
    if (context.validateOnly) await keep(context, id, message);
    context.afterCommit(() => sendAndKeep(orderMails, context, id, message));
    return id;
  },
});

async function messageOf(context: MutationContext, id: number, args: Args): Promise<MailMessage> {
  const [order] = await lockRows(context, 'Order', ['email'], { id });
  if (!order) throw invalid('id', 'No Order found', 'NOT_FOUND');
  const subject = args.subject ?? (await subjectOf(context, args.template_id));
  const { values, faults } = readTexts(context, RULES, { subject, body: args.body }, true);
  throwFaults(faults);
  const { shopName, ...envelope } = await shopEnvelope(context);
  const whole = `[${shopName}] ${String(values.subject)}`;
  if ([...whole].length > MOST_SUBJECT) {
    throw new InvalidArgument([faultAt('subject', formMessages.tooLong(MOST_SUBJECT)[context.locale])]);
  }
  return { ...envelope, to: String(order.email ?? ''), subject: whole, text: String(values.body) };
}

async function subjectOf(
  context: MutationContext,
  templateId: string | null | undefined,
): Promise<string | null> {
  if (typeof templateId !== 'string') return null;
  const [row] = await readRows(context, 'MailTemplate', ['mail_subject'], { id: rowId(templateId) });
  if (!row) {
    throw new InvalidArgument([faultAt('template_id', formMessages.choice[context.locale], 'NOT_FOUND')]);
  }
  return row.mail_subject === null ? null : String(row.mail_subject);
}

/** No row is locked while the mail goes out. Sent is sent, even where it cannot be noted. */
async function sendAndKeep(
  { store, mailer, mailFailed }: OrderMailDeps['orderMails'],
  context: MutationContext,
  id: number,
  message: MailMessage,
): Promise<void> {
  try {
    await mailer.send(message);
  } catch (error) {
    mailFailed(error, context.requestId);
    throw invalid('id', 'Error sending email', 'MAIL_FAILED');
  }
  await transact(store, (db) => keep({ ...context, db }, id, message)).catch((error: unknown) =>
    mailFailed(error, context.requestId),
  );
}

async function keep(writing: Writing, id: number, message: MailMessage): Promise<void> {
  const [order] = await lockRows(writing, 'Order', ['id'], { id });
  if (!order) return;
  await insertRow(writing, 'MailHistory', {
    Order: id,
    send_date: writing.now,
    mail_subject: message.subject,
    mail_body: message.text,
    mail_html_body: null,
  });
}
