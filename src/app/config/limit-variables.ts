/** The variables that bound what clients may ask for, and how long what they asked is kept. */
import { COST_PER_MINUTE } from '../../oauth/rules/policy-form.ts';
import { integer, pattern } from './parsers.ts';
import { optional, variable } from './variable.ts';

export const LIMIT_VARIABLES = {
  apiMaxLimit: variable('TEGATA_API_MAX_LIMIT', integer(1, 1_000_000), {
    fallback: '1000',
    unit: 'rows',
    meaning: 'largest `limit` or `first` of a list query',
    example: '5000',
  }),
  apiMaxAnswerBytes: variable('TEGATA_API_MAX_ANSWER_BYTES', integer(65_536, 1_073_741_824), {
    fallback: '16777216',
    unit: 'bytes',
    meaning: 'largest answer of `/api`; a question for more is refused while its rows are read',
    example: '33554432',
  }),
  apiRunningPerClient: variable('TEGATA_API_RUNNING_PER_CLIENT', integer(1, 100), {
    fallback: '25',
    unit: 'requests',
    meaning:
      'requests to `/api` of one client that each process works on at once; more wait for up to 5 seconds and are then told to come back',
    example: '50',
  }),
  failuresPerMinute: variable('TEGATA_FAILURES_PER_MINUTE', integer(1, 1_000_000), {
    fallback: '1000',
    unit: 'requests',
    meaning:
      'failed requests to `/token`, `/revoke` and `/introspect` that one address or client may make in a minute; as many visits to the authorization endpoint by one address, of which three tenths (300 at the least) may wait for a login within ten minutes',
    example: '100',
  }),
  apiPerMinute: variable('TEGATA_API_PER_MINUTE', integer(1, 100_000_000), {
    fallback: '600000',
    unit: 'requests',
    meaning: 'requests to `/api` that one client may make in a minute',
    example: '6000',
  }),
  apiCostPerMinute: variable(
    'TEGATA_API_COST_PER_MINUTE',
    integer(COST_PER_MINUTE.min, COST_PER_MINUTE.max),
    {
      fallback: '60000000',
      unit: 'points',
      meaning:
        'cost points that one client may spend in a minute on `/api`, in each process; a client may have a quota of its own',
      example: '600000',
    },
  ),
  redisUrl: optional(
    'TEGATA_REDIS_URL',
    pattern(/^rediss?:\/\/[^/?#\s]+(?:\/\d{1,4})?$/, 'must be redis://host:port or rediss://host:port (TLS)'),
    {
      meaning:
        'Valkey or Redis in which all nodes and workers count these limits together; needs `npm install ioredis`; unset = each process counts for itself ([limits](limits.md))',
      example: 'redis://:password@10.0.0.5:6379',
      secret: true,
    },
  ),
  requestLogDays: variable('TEGATA_REQUEST_LOG_DAYS', integer(0, 400), {
    fallback: '30',
    unit: 'days',
    meaning: 'how long the log of requests to `/api` is kept; 0 = none is written',
    example: '7',
  }),
};
