/** A database for reading whose statements go to a replica while it may be used, and to the primary else: no reader sees it fail. */
import { type CompiledQuery, type DatabaseConnection, type Driver, Kysely, type QueryResult } from 'kysely';
import type { Db } from '../open.ts';
import { runCompiled } from '../prepared.ts';
import type { Tables } from '../tables.ts';

export type FallingBack = {
  readonly primary: Db;
  readonly replica: Db;
  mayUse(): boolean;
  onRead(from: ReadFrom): void;
  /** Told why the replica did not answer; the primary is asked next. */
  onFailure(error: unknown): void;
};

export type ReadFrom = 'replica' | 'primary';

/** A statement that took its whole time there would take it again. */
const TOOK_TOO_LONG = '57014';

/** Without transactions: what is read in one is read for writing. */
export function fallingBack(needs: FallingBack): Db {
  const replica = needs.replica.getExecutor();
  const connection = readingConnection(needs);
  const noTransactions = async (): Promise<never> => {
    throw new Error('there are no transactions on a replica');
  };
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: noTransactions,
    commitTransaction: noTransactions,
    rollbackTransaction: noTransactions,
    destroy: async () => {},
  };
  return new Kysely<Tables>({
    dialect: {
      createDriver: () => driver,
      createAdapter: () => replica.adapter,
      createQueryCompiler: () => ({ compileQuery: (node, id) => replica.compileQuery(node, id) }),
      createIntrospector: () => {
        throw new Error('the shape of the tables is read from the primary');
      },
    },
  });
}

function readingConnection({ primary, replica, mayUse, onRead, onFailure }: FallingBack): DatabaseConnection {
  return {
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      if (mayUse()) {
        try {
          const result = await runCompiled(replica, query as CompiledQuery<R>);
          onRead('replica');
          return result;
        } catch (error) {
          if ((error as { code?: unknown }).code === TOOK_TOO_LONG) throw error;
          onFailure(error);
        }
      }
      onRead('primary');
      return runCompiled(primary, query as CompiledQuery<R>);
    },
    // biome-ignore lint/correctness/useYield: nothing reads in a stream.
    streamQuery: async function* () {
      throw new Error('a replica is not read in a stream');
    },
  };
}
