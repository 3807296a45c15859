/** Refresh tokens that live and that the plugin could not read. */
import type { Db } from '../../database/open.ts';

export async function countOwnRefresh(db: Db, now: number): Promise<number> {
  const { n } = await db
    .selectFrom('tegata_refresh_token as token')
    .innerJoin('tegata_grant as grant', 'grant.grant_id', 'token.grant_id')
    .leftJoin('tegata_plugin_token as plugin', 'plugin.token_hash', 'token.token_hash')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('token.expires_at', '>', now)
    .where('token.rotated_at', 'is', null)
    .where('grant.revoked_at', 'is', null)
    .where('plugin.token_hash', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Of the strings that the plugin gave out, those that came in here and were answered. */
export async function countHonoured(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('tegata_plugin_token as plugin')
    .innerJoin('tegata_refresh_token as token', 'token.token_hash', 'plugin.token_hash')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('plugin.kind', '=', 'refresh')
    .where('token.rotated_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(n);
}
