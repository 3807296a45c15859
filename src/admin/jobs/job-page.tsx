/** One job: how it gets on, what failed first, its files, and its end. Where the script runs, it follows by itself. */
import { Card, Fact } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { BackLink, Layout } from '../ui/layout.tsx';
import { TableHead } from '../ui/table-head.tsx';
import { dateTime, groupDigits } from '../ui/time.ts';
import { isOver, JobBar, JobState, jobReason, jobSender, jobWords, type ShownJob } from './job-words.tsx';

export const MOST_FAILURES = 50;

export type JobFailure = { readonly line: number; readonly message: string };

export type JobPageProps = {
  readonly job: ShownJob;
  readonly failures: readonly JobFailure[];
  /** システム管理者: what became of a row, messages too, may name customers. */
  readonly maySee: boolean;
};

export function jobPage(context: AdminContext, props: JobPageProps): string {
  const { messages, paths } = context;
  const { jobs: t } = messages;
  const { job, failures } = props;
  return renderPage(
    context,
    <Layout page="job" bottomBar={<BackLink href={paths.jobs} label={t.back} />}>
      <div id="job" {...(!isOver(job) && { 'data-follow': paths.job(job.job_id) })}>
        <Progress job={job} />
        {isOver(job) && <Ended {...props} />}
        {failures.length > 0 && <Failures failures={failures} />}
      </div>
    </Layout>,
  );
}

function Progress({ job }: { job: ShownJob }) {
  const { messages, paths, timeZone } = usePage();
  const { jobs: t } = messages;
  const { succeeded, failed, started_at: started, ended_at: ended } = job;
  return (
    <Card title={jobWords(messages, job)}>
      <dl class="facts">
        <Fact label={t.columns.state}>
          <span data-announce="">
            <JobState state={job.state} />
          </span>
        </Fact>
        <Fact label={t.columns.progress}>
          <JobBar job={job} />
        </Fact>
        <Fact label={t.counts}>
          {t.countsText(groupDigits(Number(succeeded)), groupDigits(Number(failed)))}
        </Fact>
        <Fact label={t.columns.by}>{jobSender(messages, job)}</Fact>
        <Fact label={t.columns.created}>{dateTime(job.created_at, timeZone)}</Fact>
        {started !== null && <Fact label={t.started}>{dateTime(started, timeZone)}</Fact>}
        {ended !== null && <Fact label={t.columns.ended}>{dateTime(ended, timeZone)}</Fact>}
        {job.error_code !== null && <Fact label={t.reason}>{jobReason(messages, job.error_code)}</Fact>}
      </dl>
      {!isOver(job) && (
        <div class="form-buttons">
          <a class="btn btn-ec-regular" href={paths.job(job.job_id)}>
            {t.refresh}
          </a>
          <a class="btn btn-ec-delete" href={paths.jobCancel(job.job_id)}>
            {t.cancel}
          </a>
        </div>
      )}
    </Card>
  );
}

function Ended({ job, maySee }: JobPageProps) {
  const { messages, paths } = usePage();
  const { jobs: t } = messages;
  const wasDry = Number(job.is_dry) === 1 && job.state === 'completed';
  const query = new URLSearchParams({ kind: job.csv ?? '', mode: 'real' });
  return (
    <Card>
      {wasDry && (
        <p>
          {t.dryDone} <a href={`${paths.jobNew}?${query}`}>{t.dryNext}</a>
        </p>
      )}
      {maySee ? (
        <>
          {job.csv !== null && Number(job.failed) > 0 && (
            <p>
              <a href={`${paths.jobResult(job.job_id)}?format=csv`}>{t.failedFile}</a> {t.failedFileHelp}
            </p>
          )}
          <p class="mb-0">
            <a href={paths.jobResult(job.job_id)}>{t.result}</a>
          </p>
        </>
      ) : (
        <p class="mb-0">{t.contentsHelp}</p>
      )}
    </Card>
  );
}

function Failures({ failures }: { failures: readonly JobFailure[] }) {
  const { jobs: t } = usePage().messages;
  return (
    <Card title={t.failedRows} flush>
      <div class="table-responsive">
        <table class="table mb-0">
          <caption class="visually-hidden">{t.failedRows}</caption>
          <TableHead columns={[t.failedColumns.line, t.failedColumns.message]} />
          <tbody>
            {failures.map(({ line, message }, i) => (
              <tr key={`${line} ${i}`}>
                <td>{groupDigits(line)}</td>
                <td class="text-break job-message">{message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {failures.length >= MOST_FAILURES && <p class="field-help m-3">{t.failedRowsLead(MOST_FAILURES)}</p>}
    </Card>
  );
}
