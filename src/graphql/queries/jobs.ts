/** `job` and `jobs`: how the bulk jobs of the calling client get on. They are begun and cancelled by POST and DELETE /api/jobs. */
import { type Fault, InvalidArgument } from '../errors.ts';
import type { Query, QueryContext } from '../extension-parts.ts';
import { JOB_LIMITS } from '../jobs/job-limits.ts';
import { JOB_PAGE, jobPlace, pageOfJobs } from '../jobs/list-jobs.ts';
import { toldJob } from '../jobs/told-job.ts';
import type { Argument, OwnType } from '../mutation.ts';
import { findJob, type Job } from '../store/jobs.ts';

const field = (type: string, ja: string, en: string): Argument => ({ type, description: { ja, en } });

const BULK_JOB: OwnType = {
  kind: 'object',
  name: 'BulkJob',
  description: { ja: '一括処理1件', en: 'One bulk job' },
  fields: {
    id: field('ID!', '一括処理のID', 'ID of the job'),
    status: field(
      'String!',
      '状態（queued、running、completed、failed、cancelled）',
      'queued, running, completed, failed or cancelled',
    ),
    type: field('String!', 'mutation または query', 'mutation or query'),
    operation: field('String!', '実行するミューテーションまたは一覧', 'The mutation or list that it runs'),
    csv: field(
      'String',
      'CSV の種類（products、categories、shippings）。CSV でなければ null',
      'Whose CSV rows it runs (products, categories, shippings); null = none',
    ),
    validate_only: field('Boolean!', '確認だけ行い、登録しないか', 'Whether rows are only tried'),
    total: field(
      'Int',
      '全件数（一覧の取得では完了まで null）',
      'How many there are; null until an export ends',
    ),
    processed: field('Int!', '処理した件数', 'How many are done'),
    succeeded: field('Int!', '成功した件数', 'How many of them succeeded'),
    failed: field('Int!', '失敗した件数', 'How many of them failed'),
    created_at: field('DateTime!', '受付日時', 'When it was taken in'),
    started_at: field('DateTime', '開始日時', 'When it began'),
    ended_at: field('DateTime', '終了日時', 'When it ended'),
    expires_at: field('DateTime', '結果が削除される日時', 'When its result goes'),
    error_code: field('String', '失敗した理由のコード', 'Why it failed, as a code'),
    error_message: field('String', '失敗した理由', 'Why it failed'),
  },
};

const CONNECTION: OwnType = {
  kind: 'object',
  name: 'BulkJobConnection',
  description: { ja: '一括処理の一覧', en: 'Bulk jobs' },
  fields: {
    nodes: field('[BulkJob!]!', '一括処理（新しい順）', 'The jobs, newest first'),
    endCursor: field('String', '続きを取得するカーソル（なければ null）', 'Where to go on; null = no more'),
  },
};

export const jobQuery: Query = {
  name: 'job',
  description: {
    ja: '呼び出したクライアントの一括処理1件の進み具合を返します。ほかのクライアントのものは null です。',
    en: 'How one bulk job of the calling client gets on; null for those of others.',
  },
  example: `{
  job(id: "784db22de9e8bd2271a4cc658cb47a96") {
    status
    total
    processed
    failed
  }
}`,
  types: [BULK_JOB],
  args: {
    id: { type: 'ID!', description: { ja: '一括処理のID', en: 'ID of the job' }, crosses: [] },
  },
  type: 'BulkJob',
  run: async (context, args) => {
    const id = String(args.id);
    const job = /^[0-9a-f]{32}$/.test(id) ? await findJob(context.db, id) : undefined;
    return job && isOwn(context, job) ? nodeOf(context, job) : null;
  },
};

export const jobsQuery: Query = {
  name: 'jobs',
  description: {
    ja: '呼び出したクライアントの一括処理を新しい順に返します。結果は終了から7日間保存されます。',
    en: 'The bulk jobs of the calling client, newest first. They are kept for seven days from their end.',
  },
  example: `{
  jobs(first: 10) {
    nodes {
      id
      operation
      status
      processed
      total
    }
    endCursor
  }
}`,
  types: [BULK_JOB, CONNECTION],
  args: {
    first: {
      type: 'Int',
      default: JOB_PAGE.usual,
      description: {
        ja: `取得する件数（${JOB_PAGE.most}件まで）`,
        en: `How many (at most ${JOB_PAGE.most})`,
      },
      crosses: [],
    },
    after: {
      type: 'String',
      description: { ja: 'このカーソルより後を取得', en: 'Behind this cursor' },
      crosses: [],
    },
  },
  type: 'BulkJobConnection!',
  run: async (context, args) => {
    const first = Number(args.first ?? JOB_PAGE.usual);
    const after = typeof args.after === 'string' ? jobPlace(args.after) : undefined;
    judge(context, first, typeof args.after === 'string' && after === undefined);
    const page = await pageOfJobs(context.db, context.principal.clientId, { first, after });
    return { nodes: page.jobs.map((job) => nodeOf(context, job)), endCursor: page.next };
  },
};

function judge({ locale }: QueryContext, first: number, isNoCursor: boolean): void {
  const faults: Fault[] = [];
  const many = {
    ja: `1以上${JOB_PAGE.most}以下の値を入力してください。`,
    en: `Give a number from 1 to ${JOB_PAGE.most}.`,
  };
  const cursor = { ja: 'この一覧のカーソルではありません。', en: 'This is no cursor of this list.' };
  if (first < 1 || first > JOB_PAGE.most) {
    faults.push({ argument: 'first', text: many[locale], code: 'LIMIT' });
  }
  if (isNoCursor) faults.push({ argument: 'after', text: cursor[locale] });
  if (faults.length > 0) throw new InvalidArgument(faults);
}

const isOwn = ({ principal }: QueryContext, job: Job): boolean =>
  job.client_id === principal.clientId && job.member_id === null && job.state !== 'receiving';

function nodeOf({ kit }: QueryContext, job: Job): Record<string, unknown> {
  const { error, result_bytes: _bytes, ...told } = toldJob(job, JOB_LIMITS.keptSeconds);
  const at = (seconds: number | null): string | null => (seconds === null ? null : kit.dateText(seconds));
  return {
    ...told,
    created_at: at(told.created_at),
    started_at: at(told.started_at),
    ended_at: at(told.ended_at),
    expires_at: at(told.expires_at),
    error_code: error?.code ?? null,
    error_message: error?.message ?? null,
  };
}
