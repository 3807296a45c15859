/** Words of 一括処理, in English. */
import type { jobsFlashJa, jobsJa } from '../ja/jobs.ts';

export const jobsEn: typeof jobsJa = {
  jobs: {
    title: 'Bulk jobs',
    lead: 'Bulk jobs of apps and of this admin. They are deleted, with their results, seven days after their end.',
    none: 'There are no bulk jobs yet',
    noneNext:
      'When an app begins to write or read many rows, or you send a CSV file here, you see how it gets on.',
    upload: 'Send a CSV file',
    caption: 'Bulk jobs, newest first',
    columns: {
      created: 'Taken in',
      by: 'Sent by',
      what: 'What',
      state: 'State',
      progress: 'Progress',
      ended: 'Ended',
    },
    byStaff: (login) => `Admin (${login})`,
    goneClient: 'A client that was deleted',
    dryOf: (kind) => `${kind} (check only)`,
    kinds: { products: 'Product CSV', categories: 'Category CSV', shippings: 'Shipping CSV' },
    list: (field) => `Export (${field})`,
    states: {
      queued: 'Waiting',
      running: 'Running',
      completed: 'Completed',
      failed: 'Failed',
      cancelled: 'Cancelled',
    },
    oneTitle: 'Bulk job',
    progressOf: 'Progress of the job',
    done: (done, total) => `${done} of ${total}`,
    doneOfUnknown: (done) => `${done} so far`,
    counts: 'Result',
    countsText: (ok, failed) => `${ok} succeeded, ${failed} failed`,
    started: 'Began',
    reason: 'Why it ended',
    reasons: {
      UNAUTHENTICATED:
        'What the app was allowed has ended, its client was disabled, or the member is no longer a system administrator. What was left was not done.',
      FORBIDDEN: 'A scope that it needs is no longer allowed. What was left was not done.',
      LIMIT: 'A single row is too large.',
      TIMEOUT: 'A single row takes too long to read.',
    },
    otherReason: (code) =>
      `It ended by an error (${code}). Try again; if that does not help, ask the server’s administrator.`,
    refresh: 'Show the present state',
    failedRows: 'Errors',
    failedRowsLead: (most) => `The first ${most} are shown.`,
    failedColumns: { line: 'Row', message: 'Error' },
    dryDone: 'The check is over. Nothing has been saved yet.',
    dryNext: 'Go on to save this CSV',
    result: 'Download the result (JSON Lines)',
    failedFile: 'Download the failed rows as CSV',
    failedFileHelp: 'Correct them by the column エラー and send the same file again.',
    contentsHelp: 'Only system administrators may see results and what is wrong with a row.',
    cancel: 'Cancel the job',
    cancelNot: 'Keep it running',
    cancelTitle: 'Cancel a bulk job',
    cancelQuestion: 'Cancel this bulk job?',
    cancelEffects: [
      'The rows that are left are not worked on. A cancelled job cannot be resumed.',
      'Rows that are done stay as they are.',
    ],
    back: 'Back to the bulk jobs',
    backToOne: 'Back to the job',
    newTitle: 'Send a CSV file',
    newLead:
      'Takes a CSV file that EC-CUBE’s admin downloads, or one with the same columns (UTF-8 or Shift_JIS, up to 100 MB).',
    kind: 'Kind of CSV',
    template: (kind) => `Download a template: ${kind}`,
    mode: 'What to do',
    modes: { dry: 'Check only (saves nothing)', real: 'Save' },
    modeHelp:
      'Check first whether rows would fail. Saving keeps the good rows and passes over those that fail.',
    file: 'CSV file',
    fileHelp: 'The first row names the columns, in any order.',
    fileMissing: 'Choose a file.',
    fileAgain: 'Enter your password and choose the file again.',
    full: 'Too many bulk jobs are under way. Try again later.',
    submit: 'Upload',
  },
};

export const jobsFlashEn: typeof jobsFlashJa = {
  jobTaken: () => 'The CSV file was taken in',
  jobCancelled: () => 'The job was cancelled',
  jobOver: () => 'This job has ended already',
};
