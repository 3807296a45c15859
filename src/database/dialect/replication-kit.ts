/** How far a standby is behind its primary, asked of both. Part of `DialectKit` (`kit.replication`). */
import type { RawBuilder } from 'kysely';

export type ReplicationKit = {
  /** Of a primary: bytes of its log that a standby may have by now, as text. What is committed later lies behind them. */
  readonly written: RawBuilder<string>;
  /** Of a standby: bytes of the log that it has carried out; null = the server is no standby. */
  readonly replayed: RawBuilder<string | null>;
  /** The same for two servers that hold the same data, and for no others. */
  readonly identity: RawBuilder<string>;
};
