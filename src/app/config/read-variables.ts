/** The variables that say where reads may go besides the shop's database. */
import { hasReadReplicas } from '../../database/open.ts';
import { databaseUrl, integer } from './parsers.ts';
import { optional, variable } from './variable.ts';

export const READ_VARIABLES = {
  readDatabaseUrl: optional('TEGATA_READ_DATABASE_URL', databaseUrl, {
    meaning:
      'a streaming replica of the PostgreSQL in `DATABASE_URL`, for the queries of `/api` and for exports; while it is away or behind, the primary answers ([operating](operating.md)); unset = none',
    example: 'postgresql://reader:password@replica:5432/eccube',
    secret: true,
  }),
  readMaxLagSeconds: variable('TEGATA_READ_MAX_LAG', integer(1, 3600), {
    fallback: '5',
    unit: 'seconds',
    meaning: 'how far behind the replica may be and still be read from',
    example: '2',
  }),
};

type ReadValues = { readonly databaseUrl: string | undefined; readonly readDatabaseUrl: string | undefined };

/** What does not go together. */
export function readFaults({ databaseUrl: primary, readDatabaseUrl: replica }: ReadValues): string[] {
  if (replica === undefined) return [];
  if (primary !== undefined && [primary, replica].every(hasReadReplicas)) return [];
  return [
    'TEGATA_READ_DATABASE_URL: only PostgreSQL has replicas that are read from; DATABASE_URL and TEGATA_READ_DATABASE_URL must both begin with postgresql://',
  ];
}
