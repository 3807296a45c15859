/** What jobs are handed. */
import type { GraphQLSchema } from 'graphql';
import type { Clock } from '../../base/clock.ts';
import type { Store } from '../../database/open.ts';
import type { Registry } from '../../shop/registry.ts';
import type { Locale } from '../../shop/text.ts';
import type { Executor } from '../request/execute.ts';
import type { PartStore } from '../store/job-parts.ts';
import type { JobLimits } from './job-limits.ts';

export type JobDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly api: Executor & { readonly schema: GraphQLSchema };
  /** 32 bytes; seals the lines. */
  readonly key: Uint8Array;
  readonly limits: JobLimits;
  /** Of the messages to rows, and of the days in them. */
  readonly locale: Locale;
  readonly timeZone: string;
  readonly registry: Registry;
  readonly log: { error(details: object, message: string): void };
  /** Whether the Web API is switched on. */
  isOn(): Promise<boolean>;
};

export const jobPartStore = ({ store, key }: Pick<JobDeps, 'store' | 'key'>, db = store.db): PartStore => ({
  db,
  key,
});
