/** A mail as the rest of the program hands it over: plain texts, no headers. */
export type MailAddress = { readonly address: string; readonly name?: string };

export type MailMessage = {
  readonly from: MailAddress;
  readonly to: string;
  readonly bcc?: string;
  readonly replyTo?: string;
  /** Where undeliverable mail goes back to: the sender in the envelope. */
  readonly returnPath?: string;
  /** With its angle brackets; left out = the transport makes one. */
  readonly messageId?: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
};
