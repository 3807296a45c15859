/** A job in words: what it does, how it stands, and its bar. */
import { isCsvKind } from '../../graphql/jobs/csv/csv-job.ts';
import type { Job } from '../../graphql/store/jobs.ts';
import type { Messages } from '../i18n/ja/messages.ts';
import { usePage } from '../ui/context.ts';
import { groupDigits } from '../ui/time.ts';

export type ShownJob = Job & {
  /** The client's name, or the member's login id. */
  readonly by: string | undefined;
};

type State = keyof Messages['jobs']['states'];

const LEVELS: Readonly<Record<State, string>> = {
  queued: 'badge-off',
  running: 'badge-on',
  completed: 'badge-success',
  failed: 'badge-failure',
  cancelled: 'badge-off',
};

export const isOver = ({ ended_at }: Pick<Job, 'ended_at'>): boolean => ended_at !== null;

export function jobWords({ jobs: t }: Messages, { csv, kind, operation, is_dry }: Job): string {
  if (csv !== null && isCsvKind(csv)) return Number(is_dry) === 1 ? t.dryOf(t.kinds[csv]) : t.kinds[csv];
  return kind === 'query' ? t.list(operation) : operation;
}

export function jobSender({ jobs: t }: Messages, { member_id, by }: ShownJob): string {
  if (by === undefined) return t.goneClient;
  return member_id === null ? by : t.byStaff(by);
}

/** Why it ended before its end, in the language of the page: what is stored speaks to apps. */
export function jobReason({ jobs: t }: Messages, code: string): string {
  const reasons: Readonly<Record<string, string>> = t.reasons;
  return (Object.hasOwn(reasons, code) ? reasons[code] : undefined) ?? t.otherReason(code);
}

export function JobState({ state }: { state: string }) {
  const { jobs: t } = usePage().messages;
  const known = state as State;
  return <span class={`badge ${LEVELS[known]}`}>{t.states[known]}</span>;
}

/** An export knows its total at its end only. */
export function JobBar({ job }: { job: Job }) {
  const { jobs: t } = usePage().messages;
  const done = Number(job.succeeded) + Number(job.failed);
  const isOpen = job.kind === 'query' && job.state !== 'completed';
  const total = isOpen ? undefined : Number(job.total);
  const text =
    total === undefined ? t.doneOfUnknown(groupDigits(done)) : t.done(groupDigits(done), groupDigits(total));
  return (
    <div class="job-progress">
      <progress
        aria-label={t.progressOf}
        aria-valuetext={text}
        {...(total !== undefined && { value: done, max: Math.max(total, 1) })}
      />
      <span>{text}</span>
    </div>
  );
}
