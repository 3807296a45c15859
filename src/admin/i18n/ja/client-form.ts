/** Words of the form of a client, in Japanese. */
import type { GrantType } from '../../../oauth/rules/client.ts';
import type { PkceChoice } from '../../../oauth/rules/pkce.ts';
import type { UriFault } from '../../../oauth/rules/redirect-uri.ts';

export const clientFormJa = {
  form: {
    title: 'OAuthクライアント登録',
    name: 'クライアント名',
    nameHelp: '認可画面でメンバーに表示されます。アプリの名前を128文字以内で入力してください。',
    redirectUris: 'リダイレクトURI',
    redirectUrisHelp:
      '1行に1つずつ入力してください（カンマ区切りも可）。https://のURL、または開発用にhttp://localhost、http://127.0.0.1、http://[::1]を登録できます。パブリッククライアントはcom.example.app:/callbackの形式も使えます。',
    scopes: 'スコープ',
    scopesHelp: 'アプリに必要なものだけを選んでください。',
    grantTypes: 'グラントタイプ',
    grantTypesHelp: 'Refresh tokenを選ぶと、アプリは再ログインなしでアクセストークンを更新できます。',
    grantNames: {
      authorization_code: 'Authorization code',
      refresh_token: 'Refresh token',
      client_credentials: 'Client credentials（人が許可しない、無人のシステム連携）',
    } satisfies Record<GrantType, string>,
    type: 'クライアントの種類',
    confidential: 'コンフィデンシャル',
    confidentialHelp: 'サーバーで動くアプリ。クライアントシークレットを安全に保管できます。',
    public: 'パブリック',
    publicHelp:
      'スマートフォンアプリやブラウザだけで動くアプリ。シークレットは発行せず、PKCEを必須にします。',
    pkce: 'PKCE',
    pkceNames: {
      auto: '自動',
      again: '自動（判断し直す）',
      required: '必須',
      optional: '求めない',
    } satisfies Record<PkceChoice, string>,
    pkceMeanings: {
      auto: '登録から7日を過ぎてアプリがPKCEを使うと、それからは必須になります。',
      learned: 'アプリがPKCEを使っているため、いまは必須です。',
      again: 'いまの「必須」を解除し、アプリが次にPKCEを使うまで求めません。',
      required: 'PKCEを使わない認可リクエストを、はじめから拒否します。',
      optional: 'PKCEを使わない認可リクエストも、ずっと受け付けます。',
    } satisfies Record<PkceChoice | 'learned', string>,
    pkceHelp:
      'PKCE（S256）は、認可コードの横取りを防ぐ仕組みです。ふだんは「自動」のままにしてください。パブリッククライアントでは常に必須です。',
    pkcePublic: 'パブリッククライアントでは、PKCE（S256）が常に必須です。',
    line: (n: number) => `${n}行目`,
  },

  fieldErrors: {
    blank: '入力されていません。',
    notChosen: '選択されていません。',
    publicUnattended: 'Client credentialsはコンフィデンシャルクライアントだけが使えます。',
    tooLong: (max: number) => `値が長すぎます。${max}文字以内でなければなりません。`,
    invalid: '有効な値ではありません。',
  },

  /** Why one redirect URI is refused. */
  redirectUriReasons: {
    'not-a-uri': '有効なURIではありません。https://から始まる絶対URIを入力してください。',
    fragment: '#以降（フラグメント）は使えません。',
    'user-info': 'ユーザー名やパスワードを含めることはできません。',
    'http-not-loopback': 'http://はlocalhost、127.0.0.1、[::1]のときだけ使えます。https://にしてください。',
    'private-scheme-confidential': '独自スキームはパブリッククライアントだけが使えます。',
    'scheme-refused':
      'このスキームは使えません。独自スキームにはcom.example.appのようにドットを含めてください。',
    wildcard: 'ワイルドカード（*）は使えません。',
    'response-parameter':
      'code、state、iss、errorなど、応答で使う名前のパラメーターを含めることはできません。',
    'too-long': '長すぎます。2000文字以内でなければなりません。',
    'white-space': '空白や制御文字を含めることはできません。',
  } satisfies Record<UriFault, string>,
};
