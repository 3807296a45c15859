/** 一括処理: the list, one job, its files, and its end. */
import { isCsvKind } from '../../graphql/jobs/csv/csv-job.ts';
import { csvFormat } from '../../graphql/jobs/csv/run-row.ts';
import { JOB_PAGE, jobPlace, pageOfJobs } from '../../graphql/jobs/list-jobs.ts';
import { cancelByStaff, firstFailures, jobSenders } from '../../graphql/jobs/staff-jobs.ts';
import { findJob, type Job } from '../../graphql/store/jobs.ts';
import { sendJobFile } from '../../http/jobs/job-file.ts';
import { SYSTEM_ADMIN_AUTHORITY_ID } from '../../oauth/rules/scope.ts';
import { actorOf, type MemberExchange, memberPage } from '../exchange.ts';
import { PageError } from '../page-error.ts';
import type { PageRoutes } from '../page-routes.ts';
import { redirectTo, redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import { askFirstPage } from '../ui/ask-first.tsx';
import { jobPage, MOST_FAILURES } from './job-page.tsx';
import { isOver, type ShownJob } from './job-words.tsx';
import { jobsPage } from './jobs-page.tsx';

const BOM = '\ufeff';

export function jobRoutes({ page, act }: PageRoutes): void {
  page('jobs', list);
  page('job', show);
  page('jobResult', download);
  page('jobTemplate', template);
  page('jobCancel', askCancel);
  act('job.cancel', 'jobCancel', cancel);
}

async function list(exchange: MemberExchange) {
  const { jobs } = exchange.kit.deps;
  const cursor = queryOf(exchange).get('after');
  const after = cursor === null ? undefined : jobPlace(cursor);
  const found = await pageOfJobs(jobs.store.db, undefined, { first: JOB_PAGE.usual, after });
  const props = {
    jobs: await withSenders(exchange, found.jobs),
    later: after !== undefined,
    next: found.next,
  };
  return sendPage(exchange, jobsPage(await memberPage(exchange), props));
}

async function withSenders({ kit }: MemberExchange, found: readonly Job[]): Promise<ShownJob[]> {
  const names = await jobSenders(kit.deps.jobs.store.db, found);
  return found.map((job) => ({ ...job, by: names(job) }));
}

async function jobOf({ kit, request }: MemberExchange): Promise<Job> {
  const { job_id: id } = request.params as { job_id: string };
  const job = /^[0-9a-f]{32}$/.test(id) ? await findJob(kit.deps.jobs.store.db, id) : undefined;
  if (!job || job.state === 'receiving') throw new PageError('not_found', 404);
  return job;
}

async function show(exchange: MemberExchange) {
  const job = await jobOf(exchange);
  const [shown] = await withSenders(exchange, [job]);
  const maySee = exchange.visit.session.member.authorityId === SYSTEM_ADMIN_AUTHORITY_ID;
  const failures =
    maySee && Number(job.failed) > 0 ? await firstFailures(exchange.kit.deps.jobs, job, MOST_FAILURES) : [];
  const props = { job: shown as ShownJob, failures, maySee };
  return sendPage(exchange, jobPage(await memberPage(exchange), props));
}

async function download(exchange: MemberExchange) {
  const { request, reply, kit } = exchange;
  const job = await jobOf(exchange);
  if (!isOver(job)) throw new PageError('not_found', 404);
  const isCsv = job.csv !== null && queryOf(exchange).get('format') === 'csv';
  return sendJobFile(kit.deps.jobs, job, { request, reply, isCsv });
}

async function template({ request, reply }: MemberExchange) {
  const { kind } = request.params as { kind: string };
  if (!isCsvKind(kind)) throw new PageError('not_found', 404);
  return reply
    .header('content-disposition', `attachment; filename="${kind}.csv"`)
    .type('text/csv; charset=utf-8')
    .send(`${BOM}${csvFormat(kind).columns.join(',')}\r\n`);
}

async function askCancel(exchange: MemberExchange) {
  const { paths } = exchange.kit;
  const job = await jobOf(exchange);
  if (isOver(job)) return redirectTo(exchange, paths.job(job.job_id));
  const context = await memberPage(exchange);
  const { jobs: t } = context.messages;
  const props = {
    page: 'jobCancel',
    question: t.cancelQuestion,
    effects: t.cancelEffects,
    action: paths.jobCancel(job.job_id),
    submit: t.cancel,
    leave: t.cancelNot,
    back: { href: paths.job(job.job_id), label: t.backToOne },
  } as const;
  return sendPage(exchange, askFirstPage(context, props));
}

async function cancel(exchange: MemberExchange) {
  const { deps, paths } = exchange.kit;
  const job = await jobOf(exchange);
  const isCancelled = await cancelByStaff(deps.jobs, job, actorOf(exchange));
  return redirectWith(exchange, paths.job(job.job_id), isCancelled ? 'jobCancelled' : 'jobOver');
}
