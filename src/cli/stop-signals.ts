/** A terminal that was closed (SIGHUP) is no reason to drop requests: all but Ctrl-C (SIGINT) end the server alike. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
