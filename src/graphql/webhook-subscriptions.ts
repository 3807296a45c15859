/** The endpoints of API clients, as the schema needs them. What an endpoint is, another room knows; app joins the two. */
import type { ChangePart } from '../database/change-parts.ts';
import type { Db } from '../database/open.ts';
import type { Principal } from '../oauth/rules/scope.ts';
import type { Text } from '../shop/text.ts';

export type Subscription = {
  readonly id: string;
  readonly url: string;
  readonly enabled: boolean;
  /** `ok`, `waiting`, `failing`, `paused`, `gone`, `off` or `no_access`. */
  readonly state: string;
  readonly description: string;
  readonly topics: readonly string[];
  readonly parts: readonly ChangePart[];
  readonly orderStatuses: readonly number[];
  readonly productStatuses: readonly number[];
  readonly excludeOwn: boolean;
  readonly query: string | null;
  readonly hasSecret: boolean;
  readonly lastError: string | null;
  /** Epoch seconds. */
  readonly lastSuccessAt: number | null;
  readonly createdAt: number;
};

/** What a caller may say; what is left out stays as it is, or is what a new endpoint has. */
export type SubscriptionInput = {
  readonly url?: string;
  readonly enabled?: boolean;
  readonly description?: string;
  readonly topics?: readonly string[];
  readonly parts?: readonly ChangePart[];
  readonly orderStatuses?: readonly number[];
  readonly productStatuses?: readonly number[];
  readonly excludeOwn?: boolean;
  readonly query?: string | null;
  readonly secret?: string;
  readonly makeSecret?: boolean;
};

export type Subscriber = {
  readonly db: Db;
  readonly principal: Principal;
  readonly requestId: string;
  readonly now: number;
};

export type UrlJudgement = 'good' | 'private' | 'unknown_host';

export type SubscriptionFault = { readonly argument: string; readonly text: Text };

export type Subscribed =
  /** `secret`: made for the caller, told this once. */
  | { readonly ok: true; readonly subscription: Subscription; readonly secret: string | null }
  | { readonly ok: false; readonly faults: readonly SubscriptionFault[] }
  | { readonly ok: false; readonly faults: 'not_found' };

export type WebhookSubscriptions = {
  judgeUrl(url: string): Promise<UrlJudgement>;
  list(db: Db, clientId: string): Promise<readonly Subscription[]>;
  create(subscriber: Subscriber, input: SubscriptionInput, url: UrlJudgement): Promise<Subscribed>;
  update(
    subscriber: Subscriber,
    id: string,
    input: SubscriptionInput,
    url: UrlJudgement,
  ): Promise<Subscribed>;
  /** False = the client has no such endpoint. */
  remove(subscriber: Subscriber, id: string): Promise<boolean>;
};
