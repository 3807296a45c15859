/** What the sign-on from EC-CUBE's admin keeps. */
export type LinkTables = {
  /** Tickets that were used: each counts once. */
  tegata_link_ticket: {
    ticket_hash: string;
    expires_at: number;
  };
};
