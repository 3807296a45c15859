/** Why a job is not taken. */
import type { ErrorCode } from '../errors.ts';

export class JobRefused extends Error {
  readonly code: ErrorCode;
  /** `line 5`, or the name of the parameter. */
  readonly field: string | undefined;
  constructor(code: ErrorCode, message: string, field?: string) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

export const badLine = (line: number, message: string, code: ErrorCode = 'INVALID'): JobRefused =>
  new JobRefused(code, `Line ${line}: ${message}`, `line ${line}`);
