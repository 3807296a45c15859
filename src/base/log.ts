/** What a part of the program is handed to write log lines with; pino fits. */
export type Log = {
  info(detail: object, message: string): void;
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
};
