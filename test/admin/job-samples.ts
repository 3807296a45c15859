/** The pages of 一括処理 with believable props. */
import { jobNewPage } from '../../src/admin/jobs/job-new.tsx';
import { jobPage } from '../../src/admin/jobs/job-page.tsx';
import type { ShownJob } from '../../src/admin/jobs/job-words.tsx';
import { jobsPage } from '../../src/admin/jobs/jobs-page.tsx';
import type { AdminContext } from '../../src/admin/ui/context.ts';
import type { Sample } from './samples.ts';

const NOW = 1_795_449_600; // 2026-11-24 01:00 in Tokyo

/** Its page reads itself again. */
export const RUNNING_JOB = '784db22de9e8bd2271a4cc658cb47a96';

const CLIENT_JOB: ShownJob = {
  job_id: RUNNING_JOB,
  client_id: '7f8d4ed18cccc0cd8ea03036f8f02d55',
  grant_id: 'g1',
  member_id: null,
  scopes: 'read write',
  kind: 'mutation',
  operation: 'productSet',
  csv: null,
  is_dry: 0,
  state: 'running',
  created_at: NOW - 120,
  started_at: NOW - 100,
  ended_at: null,
  turn_ms: NOW * 1000,
  total: 12_000,
  succeeded: 8_990,
  failed: 10,
  input_parts: 12,
  part: 9,
  line: 0,
  result_parts: 9,
  result_bytes: 65_536,
  error_code: null,
  error_message: null,
  by: '在庫連携アプリ',
};

const STAFF_JOB: ShownJob = {
  ...CLIENT_JOB,
  job_id: '0000000000000000000000000000beef',
  member_id: 1,
  csv: 'products',
  is_dry: 1,
  state: 'completed',
  ended_at: NOW - 10,
  total: 300,
  succeeded: 297,
  failed: 3,
  by: 'hanako',
};

const EXPORT: ShownJob = {
  ...CLIENT_JOB,
  kind: 'query',
  operation: 'orders',
  by: undefined,
  succeeded: 4_200,
  failed: 0,
};
const FAILED: ShownJob = {
  ...CLIENT_JOB,
  state: 'failed',
  ended_at: NOW,
  error_code: 'UNAUTHENTICATED',
  error_message: 'The grant behind the job has ended; the lines that are left were not run.',
};

const FAILURES = [
  { line: 3, message: '3行目の販売価格が設定されていません' },
  { line: 41, message: '41行目の商品カテゴリ(ID)「999」が存在しません' },
  { line: 298, message: '298行目のCSVフォーマットが一致しません' },
];

export function jobSamples(context: AdminContext): readonly Sample[] {
  const jobs = [CLIENT_JOB, STAFF_JOB, EXPORT, FAILED];
  const blank = { kind: 'products', mode: 'dry', ask: undefined } as const;
  return [
    ['jobs', jobsPage(context, { jobs, later: true, next: 'n' })],
    ['jobs-none', jobsPage(context, { jobs: [], later: false, next: null })],
    ['job', jobPage(context, { job: CLIENT_JOB, failures: FAILURES, maySee: true })],
    ['job-ended', jobPage(context, { job: STAFF_JOB, failures: FAILURES, maySee: true })],
    ['job-failed', jobPage(context, { job: FAILED, failures: [], maySee: false })],
    ['job-new', jobNewPage(context, blank)],
    [
      'job-new-error',
      jobNewPage(context, { ...blank, ask: {}, error: '1行目: 空のファイルは許可されていません。' }),
    ],
  ];
}
