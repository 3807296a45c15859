/**
 * What the rules say in English on the wire (RFC 6749 §5.2 allows ASCII only), in Japanese for the staff's pages. `$1` is what
 * the first parentheses caught.
 */
const SAYINGS: readonly (readonly [RegExp, string])[] = [
  [
    /^A public client cannot act as itself\.$/,
    'パブリッククライアントは、無人の連携（client_credentials）を使えません。',
  ],
  [
    /^Introspection needs a client that can authenticate\.$/,
    'トークンの照会には、認証できるクライアントが必要です。',
  ],
  [
    /^Send the parameters in the body, not in the URL\.$/,
    'パラメーターは、URLではなく本文で送ってください。',
  ],
  [/^Send the parameters as (\S+)\.$/, 'パラメーターは、$1の形式で送ってください。'],
  [
    /^The Authorization header must be HTTP Basic\.$/,
    'Authorizationヘッダーは、HTTP Basicの形式にしてください。',
  ],
  [
    /^The Basic credentials must be client_id:client_secret\.$/,
    'HTTP Basicの内容は、client_id:client_secretの形式にしてください。',
  ],
  [
    /^The authorization code was used before; the tokens that came from it are revoked\.$/,
    '認可コードは使用済みです。このコードで発行したトークンは取り消しました。',
  ],
  [
    /^The client authenticates in more than one way; use one\.$/,
    'クライアント認証の方式が2つ以上使われています。1つにしてください。',
  ],
  [
    /^The client has lost every scope that was approved\.$/,
    '許可されたスコープが、クライアントの設定からすべて外されています。',
  ],
  [
    /^The client is not named: send client_id, or HTTP Basic\.$/,
    'クライアントが分かりません。client_idかHTTP Basicを送ってください。',
  ],
  [/^client_secret is sent without client_id\.$/, 'client_secretだけが送られ、client_idがありません。'],
  [
    /^client_id differs from the client that authenticates\.$/,
    'client_idが、認証に使われたクライアントと違います。',
  ],
  [/^client_assertion is not a JWT with a subject\.$/, 'client_assertionが、subのあるJWTではありません。'],
  [
    /^Send client_assertion with client_assertion_type=(\S+)\.$/,
    'client_assertionは、client_assertion_type=$1と一緒に送ってください。',
  ],
  [/^The member who approved may no longer act\.$/, '許可したメンバーが、現在は利用できない状態です。'],
  [
    /^The refresh token was used before; the grant is revoked\.$/,
    'リフレッシュトークンは使用済みです。この連携を終了しました。',
  ],
  [/^The request body is too large\.$/, 'リクエストの本文が大きすぎます。'],
  [/^The scope must be part of what was approved\.$/, 'scopeは、許可された範囲内にしてください。'],
  [/^The token was issued to another client\.$/, 'ほかのクライアントに発行されたトークンです。'],
  [/^The only resource is (\S+?)\.$/, 'resourceに指定できるのは$1だけです。'],
  [
    /^The parameter response_type is missing; send response_type=code\.$/,
    'response_typeがありません。response_type=codeを送ってください。',
  ],
  [/^The parameter (.+) is missing\.$/, '必要なパラメーター$1がありません。'],
  [
    /^The parameter (.+) holds characters that are not allowed\.$/,
    'パラメーター$1に、使えない文字が含まれています。',
  ],
  [/^The parameter (.+) is sent more than once\.$/, 'パラメーター$1が2回以上送られています。'],
  [/^The parameter (.+) is longer than (\d+) bytes\.$/, 'パラメーター$1が長すぎます（$2バイトまで）。'],
  [/^The only supported response_type is code\.$/, '対応しているresponse_typeはcodeだけです。'],
  [/^The only supported response_mode is query\.$/, '対応しているresponse_modeはqueryだけです。'],
  [
    /^Request objects are not supported; send plain parameters\.$/,
    'リクエストオブジェクトには対応していません。通常のパラメーターで送ってください。',
  ],
  [
    /^The client is not registered for (\w+)\.$/,
    'クライアントの設定で、グラントタイプ$1が選ばれていません。',
  ],
  [
    /^The scope is malformed, unknown, or not registered for this client\.$/,
    'scopeの形式が正しくないか、このクライアントに登録されていません。',
  ],
  [/^The request could not be judged\.$/, 'リクエストを処理できませんでした。'],
  [
    /^(\S+) is missing; the authorization request carried a (\S+)\.$/,
    '$1がありません（認可のときに$2が送られています）。',
  ],
  [
    /^(\S+) is sent, but the authorization request carried no (\S+)\.$/,
    '$1が送られましたが、認可のときに$2がありませんでした。',
  ],
  [
    /^code_verifier must be 43 to 128 characters of A-Z a-z 0-9 - \. _ ~\.$/,
    'code_verifierは、A-Z a-z 0-9 - . _ ~の43〜128文字にしてください。',
  ],
  [/^(\S+) does not match the (\S+)\.$/, '$1が$2と合いません。'],
  [/^code_challenge(.*)$/, 'code_challengeが正しくありません。PKCEの実装を確認してください。'],
  [/^The authorization code is not valid\.$/, '認可コードが正しくありません。'],
  [
    /^The authorization code was issued to another client\.$/,
    'ほかのクライアントに発行された認可コードです。',
  ],
  [/^The authorization code has expired\.$/, '認可コードの期限が切れています。'],
  [/^The authorization code has been revoked\.$/, '認可コードは取り消されています。'],
  [/^The refresh token was used before\.$/, 'リフレッシュトークンは使用済みです。'],
  [/^redirect_uri is missing\.$/, 'redirect_uriがありません。'],
  [
    /^redirect_uri differs from the one in the authorization request\.$/,
    'redirect_uriが、認可のときのものと違います。',
  ],
  [/^The refresh token is not valid\.$/, 'リフレッシュトークンが正しくありません。'],
  [
    /^The refresh token was issued to another client\.$/,
    'ほかのクライアントに発行されたリフレッシュトークンです。',
  ],
  [/^The refresh token has been revoked\.$/, 'リフレッシュトークンは取り消されています。'],
  [/^The refresh token has expired\.$/, 'リフレッシュトークンの期限が切れています。'],
  [
    /^no client secret or assertion was sent$/,
    'クライアントシークレットも、署名（client_assertion）も送られていません。',
  ],
  [/^the client may not authenticate by (\S+)$/, 'クライアントの設定で、認証方式$1が選ばれていません。'],
  [/^the client’s keys cannot be had$/, 'クライアントの公開鍵を取得できません。'],
  [/^the assertion cannot be verified$/, '署名（client_assertion）を確認できません。'],
  [/^the claim (\S+) is not acceptable$/, '署名（client_assertion）の$1が正しくありません。'],
  [/^the claim jti must be a text$/, '署名（client_assertion）のjtiは、空でない文字列にしてください。'],
  [
    /^the claim jti is longer than (\d+) characters$/,
    '署名（client_assertion）のjtiが長すぎます（$1文字まで）。',
  ],
  [/^the claim exp lies in the past$/, '署名（client_assertion）の期限（exp）が切れています。'],
  [
    /^the claim exp lies more than (\d+) seconds ahead$/,
    '署名（client_assertion）の期限（exp）が先すぎます（$1秒先まで）。',
  ],
  [
    /^the claim (iat|nbf) lies in the future/,
    '署名（client_assertion）の$1が未来の時刻です。アプリのサーバーの時計を合わせてください。',
  ],
  [
    /^it was used before; make a new one, with a new jti, for every request$/,
    '署名（client_assertion）は使用済みです。リクエストのたびに、新しいjtiで作り直してください。',
  ],
];

/** Undefined for a sentence that is not known here. */
export function sayingInJapanese(text: string): string | undefined {
  const found = SAYINGS.find(([pattern]) => pattern.test(text));
  return found && text.replace(found[0], found[1]);
}
