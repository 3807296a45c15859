/** The rows of the checklists beside what was found in this installation. */
import { ROWS_CONCERNED, type SecurityFinding } from './security-findings.ts';
import { type RowState, type SecurityRow, securityRows } from './security-rows.ts';

export type ChecklistRow = SecurityRow & {
  /** What bears on the row here; empty where settings decide nothing. */
  readonly here: readonly SecurityFinding[];
};

export const checklist = (findings: readonly SecurityFinding[]): ChecklistRow[] =>
  securityRows.map((row) => ({
    ...row,
    here: findings.filter(({ kind }) => ROWS_CONCERNED[kind].includes(row.id)),
  }));

/** How many rows are in each state that occurs, the best state first. */
export const countStates = (rows: readonly SecurityRow[]): [RowState, number][] =>
  (['tested', 'later', 'n/a'] as const)
    .map((state): [RowState, number] => [state, rows.filter((row) => row.state === state).length])
    .filter(([, count]) => count > 0);

/** Rows whose settings here deserve a look. */
export const toLookAt = (rows: readonly ChecklistRow[]): ChecklistRow[] =>
  rows.filter(({ here }) => here.some(({ level }) => level === 'warning'));
