import type { ErrorKind } from './ui/error.tsx';

/** A page that cannot be shown; the admin's error handler renders it. */
export class PageError extends Error {
  readonly kind: ErrorKind;
  readonly status: number;
  constructor(kind: ErrorKind, status: number) {
    super(kind);
    this.kind = kind;
    this.status = status;
  }
}
