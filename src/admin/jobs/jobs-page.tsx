/** 一括処理: the jobs of all clients and of the admin, newest first. */
import { Card, NothingYet } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Layout } from '../ui/layout.tsx';
import { Further } from '../ui/pager.tsx';
import { TableHead } from '../ui/table-head.tsx';
import { dateTime } from '../ui/time.ts';
import { JobBar, JobState, jobSender, jobWords, type ShownJob } from './job-words.tsx';

export type JobsProps = {
  readonly jobs: readonly ShownJob[];
  /** This page does not begin with the newest one. */
  readonly later: boolean;
  readonly next: string | null;
};

export function jobsPage(context: AdminContext, { jobs, later, next }: JobsProps): string {
  const { messages, paths } = context;
  const { jobs: t } = messages;
  const upload = (
    <a class="btn btn-ec-conversion" href={paths.jobNew}>
      {t.upload}
    </a>
  );
  return renderPage(
    context,
    <Layout page="jobs">
      <p>{t.lead}</p>
      {jobs.length === 0 && !later ? (
        <NothingYet title={t.none} next={t.noneNext}>
          {upload}
        </NothingYet>
      ) : (
        <>
          <p>{upload}</p>
          <Card flush>
            <JobTable jobs={jobs} />
          </Card>
        </>
      )}
      <Further
        first={later ? paths.jobs : undefined}
        next={next === null ? undefined : `${paths.jobs}?${new URLSearchParams({ after: next })}`}
      />
    </Layout>,
  );
}

function JobTable({ jobs }: { jobs: readonly ShownJob[] }) {
  const { messages, paths, timeZone } = usePage();
  const { jobs: t } = messages;
  const { created, by, what, state, progress, ended } = t.columns;
  return (
    <table class="table align-middle mb-0 stacked">
      <caption class="visually-hidden">{t.caption}</caption>
      <TableHead columns={[created, by, what, state, progress, ended]} />
      <tbody>
        {jobs.map((job) => (
          <tr key={job.job_id}>
            <td class="text-nowrap" data-label={created}>
              {dateTime(job.created_at, timeZone)}
            </td>
            <td data-label={by}>{jobSender(messages, job)}</td>
            <td data-label={what}>
              <a href={paths.job(job.job_id)}>{jobWords(messages, job)}</a>
            </td>
            <td data-label={state}>
              <JobState state={job.state} />
            </td>
            <td data-label={progress}>
              <JobBar job={job} />
            </td>
            {job.ended_at === null ? (
              <td />
            ) : (
              <td class="text-nowrap" data-label={ended}>
                {dateTime(job.ended_at, timeZone)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
