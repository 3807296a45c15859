/** Words of OAuth管理: the list and the pages of one client, in Japanese. */
import type { Scope } from '../../../oauth/rules/scope.ts';
import { stepsJa, tabsJa } from './client-tabs.ts';

export const clientsJa = {
  scopes: {
    read: '商品・受注・会員などのデータの読み取り（GraphQLのQuery）',
    write: 'データの書き込み（GraphQLのMutation）',
    'read:products': '商品・在庫・カテゴリの参照だけ',
    'read:orders': '受注・出荷の参照だけ（注文者・お届け先の個人情報を含む）',
    'read:customers': '会員の参照だけ（顧客の個人情報を含む）',
    'write:stock': '在庫の更新だけ',
    'write:shipping': '出荷の登録だけ',
    'read:orders:minimal': '受注の番号・明細・金額・対応状況の参照だけ（個人情報は含まない）',
    'write:products': '商品の登録・更新だけ',
    'write:orders': '受注の登録・更新と対応状況の変更だけ',
    'write:customers': '会員の登録・更新だけ',
    webhooks:
      '変更の通知先（WebHook）の登録・変更・削除。登録した通知先には、読み取りを許可した範囲の変更とデータを送り続けます',
  } satisfies Record<Scope, string>,

  clients: {
    title: 'OAuth管理',
    endpoints: 'Endpoint',
    authorizationEndpoint: 'Authorization endpoint',
    tokenEndpoint: 'Token endpoint',
    apiEndpoint: 'API endpoint',
    search: 'クライアント名・クライアントID・リダイレクトURIで検索',
    searchButton: '検索',
    clearSearch: '検索を解除',
    caption: 'OAuthクライアントの一覧',
    name: 'クライアント名',
    clientId: 'クライアントID',
    scopes: 'スコープ',
    redirectUris: 'リダイレクトURI',
    grantTypes: 'グラントタイプ',
    lastUsed: '最終利用',
    neverUsed: '未使用',
    state: 'ステータス',
    editThis: (name: string) => `${name}を編集`,
    deleteThis: (name: string) => `${name}を削除`,
    found: (n: string) => `検索結果：${n}件が該当しました`,
    all: (n: string) => `全${n}件`,
    none: 'OAuthクライアントが登録されていません',
    noneNext: 'アプリごとにクライアントを登録すると、クライアントIDとシークレットが発行されます。',
    notFound: (q: string) => `「${q}」に一致するクライアントはありません`,
    clearExpired: '期限切れのトークンを削除',
    clearExpiredHelp:
      '有効期限が過ぎたアクセストークンとリフレッシュトークンを削除します。有効なトークンには影響しません。',
    pages: 'ページ',
    page: (n: number) => `${n}ページ目`,
    previous: '前へ',
    next: '次へ',
  },

  created: {
    title: 'OAuthクライアント登録完了',
    lead: (name: string) => `「${name}」を登録しました`,
    credentials: 'クライアント情報',
    clientId: 'クライアントID',
    clientSecret: 'クライアントシークレット',
    once: 'クライアントシークレットはこの画面でしか表示されません。今すぐコピーして、安全な場所に保管してください。',
    publicNote: 'パブリッククライアントのため、クライアントシークレットはありません。',
    keyNote: 'private_key_jwtで認証するため、クライアントシークレットはありません。',
    toClient: 'クライアントの設定を開く',
  },

  steps: {
    ...stepsJa,
    title: '次の手順',
    lead: 'このクライアントの値を入れてあります。上から順に実行すると、データを取得できます。',
    authorize: '1. ブラウザで認可する',
    authorizeUrl: '認可URL',
    openAuthorize: '認可画面を開く',
    authorizeHelp: (host: string, lifetime: string) =>
      `許可すると${host}に戻ります。アプリがまだ無いときは、アドレスバーのcode=の値をコピーしてください。認可コードは${lifetime}以内に1回だけ使えます。`,
    exchange: '2. 認可コードをトークンに交換する',
    exchangeCommand: 'トークンを取得するcurl',
    exchangeHelp: '<CODE>を、受け取った認可コードに置き換えてください。',
    call: '3. APIを呼び出す',
    callCommand: 'APIを呼び出すcurl',
    callHelp: '<ACCESS_TOKEN>を、手順2で受け取ったaccess_tokenに置き換えてください。',
    refresh: '4. トークンを更新する',
    refreshCommand: 'トークンを更新するcurl',
    refreshHelp:
      'アクセストークンの期限が切れたら、<REFRESH_TOKEN>を最後に受け取ったrefresh_tokenに置き換えて実行してください。',
    pkceNote:
      'code_verifierとcode_challengeは試用のための値です。アプリでは認可のたびに新しく作ってください。',
  },

  detail: {
    ...tabsJa,
    title: 'OAuthクライアント編集',
    settings: 'クライアント設定',
    createdAt: '登録日時',
    createdBy: '登録者',
    stateOn: 'このクライアントは有効です。',
    stateOff: (when: string) =>
      `このクライアントは${when}に無効にされました。トークンの発行もAPIの呼び出しもできません。`,
    disableHelp: '無効にすると、発行済みのトークンもすぐに使えなくなります。いつでも有効に戻せます。',
    disable: '無効にする',
    enable: '有効にする',
    secrets: 'クライアントシークレット',
    secretsHelp:
      'シークレットは安全のため、発行したときにしか表示しません。分からなくなったときは新しく発行してください。',
    secretsCaption: '使えるシークレットの一覧',
    secretCreated: '発行日時',
    secretLastUsed: '最終利用',
    secretExpires: '有効期限',
    noExpiry: '無期限',
    endSecret: '今すぐ無効にする',
    endSecretOf: (when: string) => `今すぐ無効にする：${when}に発行したシークレット`,
    newSecret: '新しいシークレットを発行',
    keepOld: '今のシークレットを使える期間',
    keep: { '0': 'すぐ無効', '3600': '1時間', '86400': '1日', '604800': '7日' },
    keepHelp: 'この期間が過ぎると、今のシークレットは使えなくなります。',
    liveGrants: (n: string) => (n === '0' ? '有効な連携はありません。' : `有効な連携が${n}件あります。`),
    grants: '有効な連携',
    grantsCaption: '有効な連携の一覧',
    noGrants: '有効な連携はありません。メンバーが認可画面で許可すると、ここに表示されます。',
    who: 'メンバー',
    clientItself: 'クライアント自身',
    since: '許可日時',
    lastUsed: '最終利用',
    revoke: '連携を終了',
    revokeThis: (who: string) => `${who}の連携を終了`,
    more: (n: string) => `ほか${n}件`,
    deleteTitle: 'クライアントの削除',
    deleteHelp: 'クライアントと、発行済みのトークンをすべて削除します。元に戻せません。',
  },

  newSecret: {
    title: '新しいクライアントシークレット',
    lead: '新しいシークレットを発行しました。',
    oldNow: '以前のシークレットはもう使えません。',
    oldUntil: (when: string) => `以前のシークレットは${when}まで使えます。`,
  },

  deletion: {
    title: 'OAuthクライアントを削除します',
    question: 'OAuthクライアントを削除してよろしいですか？',
    effects: (grants: string) =>
      grants === '0'
        ? 'このクライアントに有効な連携はありません。'
        : `有効な連携${grants}件が終了し、アプリはすぐに使えなくなります。`,
    toClient: 'クライアントに戻る',
    noUndo: 'この操作は元に戻せません。',
  },
};
