/** Values as node-postgres hands them over: whole numbers as numbers, dates as the text that the server sends. */
import pg from 'pg';

const OID = { int8: 20, timestamp: 1114, timestamptz: 1184 } as const;

/** Our own numbers are seconds, far below 2^53. */
export const postgresTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: string) {
    if (oid === OID.int8) return Number;
    if (oid === OID.timestamp || oid === OID.timestamptz) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;
