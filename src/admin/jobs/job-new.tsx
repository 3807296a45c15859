/** The form for a CSV file: its kind, a check or the real thing, and, last, the file. */
import { CSV_KINDS, type CsvKind } from '../../graphql/jobs/csv/csv-job.ts';
import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Choice, CsrfField, FieldError, FieldRow, GroupRow, Help } from '../ui/form.tsx';
import { BackLink, Layout } from '../ui/layout.tsx';
import { type AskPassword, PasswordAgain } from '../ui/password-again.tsx';

export const JOB_MODES = ['dry', 'real'] as const;
export type JobMode = (typeof JOB_MODES)[number];

export type JobNewProps = {
  readonly kind: CsvKind;
  readonly mode: JobMode;
  readonly ask: AskPassword | undefined;
  /** What is wrong with the file. */
  readonly error?: string | undefined;
};

export function jobNewPage(context: AdminContext, props: JobNewProps): string {
  const { messages, paths } = context;
  const { jobs: t } = messages;
  return renderPage(
    context,
    <Layout page="jobNew" bottomBar={<BackLink href={paths.jobs} label={t.back} />}>
      <p>{t.newLead}</p>
      <UploadForm {...props} />
      <Card>
        <ul class="mb-0">
          {CSV_KINDS.map((kind) => (
            <li key={kind}>
              <a href={paths.jobTemplate(kind)}>{t.template(t.kinds[kind])}</a>
            </li>
          ))}
        </ul>
      </Card>
    </Layout>,
  );
}

/** Fields come before the file: it is read as it comes. */
function UploadForm({ kind, mode, ask, error }: JobNewProps) {
  const { messages, paths } = usePage();
  const { jobs: t } = messages;
  return (
    <Card title={t.newTitle}>
      <form method="post" action={paths.jobNew} enctype="multipart/form-data">
        <CsrfField />
        <GroupRow id="kind" label={t.kind} required>
          {CSV_KINDS.map((one) => (
            <Choice
              type="radio"
              id={`kind-${one}`}
              name="kind"
              value={one}
              checked={one === kind}
              label={t.kinds[one]}
              key={one}
            />
          ))}
          <Help id="kind">{t.fileHelp}</Help>
          <FieldError id="kind" text={undefined} />
        </GroupRow>
        <GroupRow id="mode" label={t.mode} required>
          {JOB_MODES.map((one) => (
            <Choice
              type="radio"
              id={`mode-${one}`}
              name="mode"
              value={one}
              checked={one === mode}
              label={t.modes[one]}
              key={one}
            />
          ))}
          <Help id="mode">{t.modeHelp}</Help>
          <FieldError id="mode" text={undefined} />
        </GroupRow>
        <PasswordAgain ask={ask} />
        <FieldRow id="file" label={t.file} required>
          <input
            class={error === undefined ? 'form-control' : 'form-control is-invalid'}
            id="file"
            name="file"
            type="file"
            accept=".csv,text/csv"
            required
            aria-invalid={error !== undefined}
            aria-describedby="file-error"
          />
          <FieldError id="file" text={error} />
        </FieldRow>
        <div class="form-buttons">
          <a class="btn btn-ec-sub" href={paths.jobs}>
            {messages.common.cancel}
          </a>
          <button type="submit" class="btn btn-ec-conversion">
            {t.submit}
          </button>
        </div>
      </form>
    </Card>
  );
}
