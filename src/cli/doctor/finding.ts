/** What one probe of `tegata doctor` found. */
export type Finding = {
  readonly name: string;
  /** `note`: worth knowing; `warning`: works, but should be better; `fault`: must be mended. */
  readonly state: 'ok' | 'note' | 'warning' | 'fault';
  readonly says: string;
  /** What to do about it. */
  readonly todo?: string;
};

export const ok = (name: string, says: string): Finding => ({ name, state: 'ok', says });
export const note = (name: string, says: string): Finding => ({ name, state: 'note', says });
export const warning = (name: string, says: string, todo: string): Finding => ({
  name,
  state: 'warning',
  says,
  todo,
});
export const fault = (name: string, says: string, todo: string): Finding => ({
  name,
  state: 'fault',
  says,
  todo,
});
