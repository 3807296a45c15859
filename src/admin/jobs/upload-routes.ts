/**
 * A CSV file by the admin's own form. The fields before the file are read first and judged as those of any other form (form
 * token, login, authority, password); only then is the file read, as it comes.
 */
import type { Readable } from 'node:stream';
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type CsvKind, isCsvKind } from '../../graphql/jobs/csv/csv-job.ts';
import { JobRefused } from '../../graphql/jobs/job-refused.ts';
import { uploadByStaff } from '../../graphql/jobs/staff-jobs.ts';
import { askOf } from '../account/step-up.ts';
import { actorOf, type MemberExchange, memberPage } from '../exchange.ts';
import { formOf } from '../form.ts';
import { PageError } from '../page-error.ts';
import { type PageRoutes, pageRoutes } from '../page-routes.ts';
import { redirectWith, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import type { AskPassword } from '../ui/password-again.tsx';
import { JOB_MODES, type JobMode, jobNewPage } from './job-new.tsx';

const FIELD_BYTES = 4 * 1024;

export function jobUploadRoutes({ app, kit, page }: PageRoutes): void {
  page('jobNew', (exchange) => showForm(exchange, wishOf(queryOf(exchange)), { ask: askOf(exchange) }));
  app.register(async (scope) => {
    const files = await readForms(scope, kit.deps.jobs.limits.bytes);
    pageRoutes(scope, kit).act('job.upload', 'jobNew', (exchange) => take(exchange, files), {
      ask: askAgain,
    });
  });
}

type Files = WeakMap<FastifyRequest, MultipartFile>;

/** A form's fields become its body, as those of other forms; its file waits. */
async function readForms(scope: FastifyInstance, bytes: number): Promise<Files> {
  const limits = {
    files: 1,
    fileSize: bytes + 1,
    fields: 6,
    fieldSize: FIELD_BYTES,
    parts: 7,
    headerPairs: 20,
  };
  await scope.register(multipart, { limits });
  const files: Files = new WeakMap();
  scope.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return;
    const fields = new URLSearchParams();
    try {
      for await (const part of request.parts()) {
        if (part.type === 'file') {
          files.set(request, part);
          break;
        }
        fields.append(part.fieldname, String(part.value));
      }
    } catch {
      throw new PageError('not_accessible', 400);
    }
    request.body = fields.toString();
  });
  return files;
}

type Wish = { readonly kind: CsvKind; readonly mode: JobMode };

function wishOf(fields: { get(name: string): string | null }): Wish {
  const kind = fields.get('kind') ?? '';
  return {
    kind: isCsvKind(kind) ? kind : 'products',
    mode: JOB_MODES.find((one) => one === fields.get('mode')) ?? 'dry',
  };
}

const formWish = (exchange: MemberExchange): Wish => {
  const form = formOf(exchange);
  return wishOf({ get: (name) => form.text(name) });
};

type Shown = { readonly ask: AskPassword | undefined; readonly error?: string; readonly status?: number };

async function showForm(exchange: MemberExchange, wish: Wish, { ask, error, status }: Shown) {
  const html = jobNewPage(await memberPage(exchange), { ...wish, ask, error });
  return sendPage(exchange, html, { status });
}

async function askAgain(exchange: MemberExchange, ask: AskPassword) {
  const { jobs } = (await memberPage(exchange)).messages;
  return showForm(exchange, formWish(exchange), { ask, error: jobs.fileAgain });
}

async function take(exchange: MemberExchange, files: Files) {
  const { kit, request, visit } = exchange;
  const { kind: csv, mode } = formWish(exchange);
  const again = async (error: string, status: number) =>
    showForm(exchange, { kind: csv, mode }, { ask: askOf(exchange), error, status });
  const { jobs: t } = (await memberPage(exchange)).messages;
  const file = files.get(request);
  if (!file?.filename) return again(t.fileMissing, 400);
  const uploader = { memberId: visit.session.member.id, actor: actorOf(exchange) };
  const lines = piecesOf(file.file);
  try {
    const jobs = { ...kit.deps.jobs, locale: visit.locale };
    const taken = await uploadByStaff(jobs, uploader, { csv, validateOnly: mode === 'dry', lines });
    if (taken.kind === 'full') return again(t.full, 429);
    if (taken.kind !== 'taken') throw new PageError('denied', 403);
    kit.deps.wakeJobs();
    return redirectWith(exchange, kit.paths.job(taken.job.job_id), 'jobTaken');
  } catch (error) {
    if (error instanceof JobRefused) return again(error.message, error.code === 'LIMIT' ? 413 : 400);
    throw error;
  }
}

/** Who stops reading in the middle leaves the stream open: the rest is dropped behind the answer (early-answer.ts). */
async function* piecesOf(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream.iterator({ destroyOnReturn: false });
  } catch {
    throw new PageError('not_accessible', 400);
  }
}
