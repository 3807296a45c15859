/** How much jobs may take, hold and do at a time. */

export type JobLimits = {
  /** Bytes of the lines of one job. */
  readonly bytes: number;
  readonly lines: number;
  readonly lineBytes: number;
  /** Jobs that have not ended. */
  readonly perClient: number;
  readonly all: number;
  /** Lines of one transaction, and milliseconds after which it takes no further one. */
  readonly batchLines: number;
  readonly batchMs: number;
  /** Rows of one page of an export. */
  readonly pageRows: number;
  /** Characters of one part. */
  readonly partLength: number;
  /** How long a result is kept, and how long lines may take to come. */
  readonly keptSeconds: number;
  readonly receivingSeconds: number;
  readonly leaseSeconds: number;
  /** Between two looks for work. */
  readonly idleMs: number;
};

const MIB = 1024 * 1024;

export const JOB_LIMITS: JobLimits = {
  bytes: 100 * MIB,
  lines: 500_000,
  lineBytes: MIB,
  perClient: 5,
  all: 50,
  batchLines: 1_000,
  batchMs: 100,
  pageRows: 200,
  partLength: 256 * 1024,
  keptSeconds: 7 * 86_400,
  receivingSeconds: 3_600,
  leaseSeconds: 3,
  idleMs: 1_000,
};

/** Of one line, which has all the time that its statements take and no more room than a line of the result. */
export const LINE_LIMITS = { seconds: 600, resultBytes: MIB };
