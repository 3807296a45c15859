/** The tables of bulk jobs as types; see `tables.ts`. */

export type JobTables = {
  tegata_job: {
    job_id: string;
    client_id: string;
    grant_id: string;
    /** Who has sent its file by the admin; null: a client did. */
    member_id: number | null;
    /** Space-separated: what the token held that began it. */
    scopes: string;
    /** `mutation` or `query`. */
    kind: string;
    /** The field at the root of its document. */
    operation: string;
    /** Whose columns its rows have (`products`, `categories`, `shippings`); null: its lines are JSON. */
    csv: string | null;
    /** 1: its rows of CSV are tried and none is kept. */
    is_dry: number;
    /** `receiving`, `queued`, `running`, `completed`, `failed` or `cancelled`. */
    state: string;
    created_at: number;
    started_at: number | null;
    ended_at: number | null;
    /** When it was worked on last, in milliseconds: who waits longest is next. */
    turn_ms: number;
    /** Lines that hold something; of an export, the rows so far. */
    total: number;
    succeeded: number;
    failed: number;
    input_parts: number;
    /** The input part that is worked on, and how many of its lines are done. */
    part: number;
    line: number;
    result_parts: number;
    /** Before compression. */
    result_bytes: number;
    error_code: string | null;
    error_message: string | null;
  };
  /** `kind`: `document`, `input`, `result`, or `place` (how far an export is); the content is sealed. */
  tegata_job_part: {
    job_id: string;
    kind: string;
    number: number;
    first_line: number;
    content: string;
  };
};
