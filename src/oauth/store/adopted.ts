/** Rows of ours for what the plugin has issued. What is here already stays as it is: an end of it above all. */
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { Db } from '../../database/open.ts';

type AdoptedGrant = {
  readonly grantId: string;
  readonly clientId: string;
  readonly memberId: number;
  readonly loginId: string;
  readonly scope: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
};

export async function adoptGrant(tx: Db, kit: DialectKit, grant: AdoptedGrant): Promise<void> {
  const row = {
    grant_id: grant.grantId,
    client_id: grant.clientId,
    member_id: grant.memberId,
    login_id: grant.loginId,
    scope: grant.scope,
    created_at: grant.createdAt,
    last_used_at: null,
    revoked_at: null,
    revoked_reason: null,
    expires_at: grant.expiresAt,
    resource: null,
  };
  await kit.ifAbsent(tx.insertInto('tegata_grant').values(row)).executeTakeFirst();
}

type AdoptedRefresh = {
  readonly tokenHash: string;
  readonly grantId: string;
  readonly clientId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
};

export async function adoptRefreshRow(tx: Db, kit: DialectKit, token: AdoptedRefresh): Promise<void> {
  const row = {
    token_hash: token.tokenHash,
    grant_id: token.grantId,
    client_id: token.clientId,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    rotated_at: null,
    successor_hash: null,
  };
  await kit.ifAbsent(tx.insertInto('tegata_refresh_token').values(row)).executeTakeFirst();
}

type AdoptedAccess = {
  readonly jti: string;
  readonly grantId: string;
  readonly clientId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
};

export async function adoptAccessRow(tx: Db, kit: DialectKit, token: AdoptedAccess): Promise<void> {
  const row = {
    jti: token.jti,
    grant_id: token.grantId,
    client_id: token.clientId,
    issued_at: token.issuedAt,
    expires_at: token.expiresAt,
    revoked_at: null,
  };
  await kit.ifAbsent(tx.insertInto('tegata_access_token').values(row)).executeTakeFirst();
}

type AdoptedCode = AdoptedGrant & {
  readonly codeHash: string;
  readonly redirectUri: string;
  readonly codeChallenge: string | null;
  readonly expiresAt: number;
};

export async function adoptCodeRow(tx: Db, kit: DialectKit, code: AdoptedCode): Promise<void> {
  const row = {
    code_hash: code.codeHash,
    grant_id: code.grantId,
    client_id: code.clientId,
    member_id: code.memberId,
    login_id: code.loginId,
    redirect_uri: code.redirectUri,
    // The plugin demands it in either request.
    redirect_uri_sent: 1,
    scope: code.scope,
    code_challenge: code.codeChallenge,
    created_at: code.createdAt,
    expires_at: code.expiresAt,
    used_at: null,
    resource: null,
  };
  await kit.ifAbsent(tx.insertInto('tegata_code').values(row)).executeTakeFirst();
}
