/** Words of the advanced client settings, in Japanese. They are read by those who build the app. */
import type { AuthMethod, TokenProfile } from '../../../oauth/rules/client.ts';
import type { KeysFault } from '../../../oauth/rules/policy-form.ts';

export const policiesJa = {
  policies: {
    title: '詳細設定（アプリの開発者向け）',
    lead: '通常は変更する必要はありません。',
    accessSeconds: 'アクセストークンの有効期間（秒）',
    refreshIdleSeconds: 'リフレッシュトークンの有効期間（秒）',
    refreshAbsoluteSeconds: '許可の最長期間（秒）',
    lifetimeHelp: (usual: string) => `空欄のときは、このショップの標準（${usual}）になります。`,
    notInRange: (min: string, max: string) => `${min}〜${max}の整数（秒）で入力してください。`,
    costPerMinute: 'APIの割り当て（1分間のコスト）',
    costHelp:
      '空欄のときは、このショップの標準になります。コストは、応答に含まれるデータの件数におよそ等しい値です。使い切ると、アプリは数秒待つよう案内されます。',
    costNotInRange: (min: string, max: string) => `${min}〜${max}の整数で入力してください。`,
    tokenProfile: 'アクセストークンの形式',
    profiles: {
      compat: 'EC-CUBEのプラグインと同じ形式（標準）',
      rfc9068: 'RFC 9068（typはat+jwt、audはAPIのURL）',
    } satisfies Record<TokenProfile, string>,
    authMethods: 'クライアント認証の方式',
    authMethodsHelp: 'ここで選んだ方式だけを受け付けます。',
    methods: {
      client_secret_basic: 'client_secret_basic — シークレットをAuthorizationヘッダーで送る',
      client_secret_post: 'client_secret_post — シークレットを本文で送る',
      private_key_jwt: 'private_key_jwt — アプリの秘密鍵で署名する（シークレット不要）',
      none: 'none — 認証しない',
    } satisfies Record<AuthMethod, string>,
    jwks: '公開鍵（JWK Set）',
    jwksHelp:
      'private_key_jwtで使う公開鍵を{"keys": […]}の形のJSONで貼り付けてください。秘密鍵は貼り付けないでください。',
    jwksUri: '公開鍵のURL（jwks_uri）',
    jwksUriHelp: '公開鍵を貼り付ける代わりに、公開しているURLを指定できます。',
    keyFaults: {
      notJson: 'JSONとして読み取れません。',
      noKeys: '"keys"に鍵がありません。',
      tooManyKeys: '鍵は20個までです。',
      privateKey: '秘密鍵が含まれています。公開鍵だけを貼り付けてください。この秘密鍵は作り直してください。',
      weakKey: 'RSAの鍵は2048ビット以上、公開指数は65537などにしてください。',
      largeKey: 'RSAの鍵は4096ビット以下、公開指数は32ビット以下にしてください。',
      unknownKey: '使えない種類の鍵です。RSA、P-256、Ed25519のいずれかにしてください。',
      tooLong: '長すぎます。20,000文字以内で入力してください。',
      needed: 'private_key_jwtを使うには、公開鍵か公開鍵のURLを入力してください。',
      both: '公開鍵と公開鍵のURLは、どちらか一方だけを入力してください。',
    } satisfies Record<KeysFault, string>,
    uriFaults: {
      notHttps: 'https://から始まるURLを入力してください。',
      tooLong: '長すぎます。2000文字以内でなければなりません。',
    },
    resourceServer: 'リソースサーバー',
    resourceServerOn: 'ほかのクライアントのトークンを照会できる',
    resourceServerHelp:
      '自社のAPIサーバーが、受け取ったトークンの有効性を確認（イントロスペクション）するときだけ有効にしてください。',
  },
  secretWarnings: {
    title: '期限が近いシークレット',
    soon: (when: string) =>
      `シークレットの1つが${when}に使えなくなります。アプリの設定を新しいシークレットに差し替えてください。`,
    soonOf: (name: string, when: string) =>
      `「${name}」のシークレットの1つが${when}に使えなくなります。アプリの設定を新しいシークレットに差し替えてください。`,
    lastUsed: (when: string) => `このシークレットの最終利用は${when}です。`,
    unused: 'このシークレットはまだ使われていません。',
  },
};
