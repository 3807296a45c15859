/** The tables of a takeover from EC-CUBE's plugin; the conventions are those of database/tables.ts. */
export type TakeoverTables = {
  /** One row (`takeover_id` 1) from the first takeover on. */
  tegata_takeover: {
    takeover_id: number;
    /** `open`, `returned`, `finished` or `ended` (oauth/rules/takeover.ts). */
    state: string;
    /** `Api42` or `Api`. */
    plugin_code: string;
    started_at: number;
    changed_at: number;
    /** Until then what the plugin issued counts; null = as long as the state lets it. */
    honoured_until: number | null;
    /** `plain` or `defuse`. */
    key_type: string;
    /** The plugin's encryption password, AES-256-GCM; null = forgotten. */
    password_sealed: string | null;
    /** The plugin's signing key, its public half alone, as PEM. */
    public_key: string | null;
  };
  /** Rows of the plugin's tables that are known here. */
  tegata_plugin_token: {
    /** Of the plugin's row; for a `cut` the client's id. */
    identifier: string;
    /**
     * `refresh`, `code`, `access`, or `cut`: all grants of the client were ended, so what the plugin issued before
     * does not count.
     */
    kind: string;
    /** Of the string that the client holds; null = it has not come in. */
    token_hash: string | null;
    grant_id: string | null;
    client_id: string;
    expires_at: number;
  };
  /** Which endpoint stands for which row of `plg_api_webhook`. */
  tegata_takeover_webhook: {
    plugin_id: number;
    webhook_id: string;
  };
  /** Secrets made while the way back is open: the plugin needs them in clear, a hash is no use to it. */
  tegata_takeover_secret: {
    client_id: string;
    /** AES-256-GCM. */
    secret_sealed: string;
    kept_at: number;
  };
};
