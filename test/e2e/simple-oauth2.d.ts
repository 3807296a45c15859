/** The part of simple-oauth2 that the tests use; the package brings no types. */
declare module 'simple-oauth2' {
  type Token = {
    readonly token: Readonly<Record<'access_token' | 'refresh_token' | 'scope', string>>;
    expired(): boolean;
    refresh(): Promise<Token>;
    revoke(kind: 'access_token' | 'refresh_token'): Promise<void>;
  };
  export class AuthorizationCode {
    constructor(settings: {
      client: { id: string; secret: string };
      auth: { tokenHost: string; tokenPath: string; authorizePath: string };
      options: { authorizationMethod: 'header' | 'body' };
    });
    authorizeURL(request: { redirect_uri: string; scope: string; state: string }): string;
    getToken(answer: { code: string; redirect_uri: string }): Promise<Token>;
  }
  export class ClientCredentials {
    constructor(settings: {
      client: { id: string; secret: string };
      auth: { tokenHost: string; tokenPath: string; revokePath: string };
      options: { authorizationMethod: 'header' | 'body' };
    });
    getToken(request: { scope: string }): Promise<Token>;
  }
}
