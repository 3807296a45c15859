/**
 * Every word on the pages, in Japanese. `Messages` is the shape that en.ts must fill, so a missing key does not compile.
 * A sentence with something inside it is a function; one that encloses markup returns its pieces in order.
 * Over 300 lines, because one language is read and corrected as one text.
 */

import type { EventKind } from '../../../audit/kinds.ts';
import type { PageReason } from '../../../oauth/rules/authorize-request.ts';
import type { GrantType } from '../../../oauth/rules/client.ts';
import type { UriFault } from '../../../oauth/rules/redirect-uri.ts';
import type { Scope } from '../../../oauth/rules/scope.ts';
import { accountJa } from './account.ts';
import { asksJa } from './asks.ts';
import { clientTabsJa, stepsJa, tabsJa } from './client-tabs.ts';
import { explorerJa } from './explorer.ts';
import { keysFlashJa, keysJa } from './keys.ts';
import { oversightJa } from './oversight.ts';
import { policiesJa } from './policies.ts';
import { securityRowsJa } from './security-rows.ts';
import { webhookEventsJa, webhookFlashJa, webhookJa } from './webhook.ts';

type Pieces<T> = (T | string)[];

export const ja = {
  lang: 'ja',
  ...accountJa,
  ...asksJa,
  ...clientTabsJa,
  ...webhookJa,
  ...policiesJa,
  ...oversightJa,
  ...securityRowsJa,
  ...keysJa,
  ...explorerJa,

  common: {
    skipToContent: '本文へ移動',
    footer: 'Tegata — EC-CUBE Web API',
    menu: 'メニュー',
    mainNavigation: '管理メニュー',
    openShop: '新しいタブで開きます',
    required: '必須',
    error: 'エラー',
    copy: 'コピーする',
    copyThis: (what: string) => `${what}をコピーする`,
    copied: 'コピーしました',
    close: '閉じる',
    cancel: 'キャンセル',
    edit: '編集',
    delete: '削除',
    register: '登録',
    createNew: '新規登録',
    enabled: '有効',
    disabled: '無効',
    enable: '有効化',
    disable: '無効化',
    unknown: '不明',
    actions: '操作',
    requestId: 'リクエストID',
    inAuditLog: '監査ログで探す',
    formInvalid: '入力内容に誤りがあります。エラーの箇所を確認してください。',
  },

  menu: {
    home: 'ホーム',
    setting: '設定',
    api: 'API管理',
    oauth: 'OAuth管理',
    webhook: 'WebHook管理',
    apps: '連携アプリ',
    audit: '監査ログ',
    keys: '署名鍵',
    tester: '接続テスト',
    explorer: 'APIエクスプローラー',
    security: 'セキュリティ',
    store: 'オーナーズストア',
    plugin: 'プラグイン',
    pluginList: 'プラグイン一覧',
    shopAdmin: 'EC-CUBE管理画面',
  },

  user: {
    name: (name: string) => `${name} 様`,
    lastLogin: '最終ログイン',
    firstLogin: '今回が初めてのログインです',
    logout: 'ログアウト',
  },

  time: {
    seconds: (n: number) => `${n}秒`,
    minutes: (n: number) => `${n}分`,
    hours: (n: number) => `${n}時間`,
    days: (n: number) => `${n}日`,
  },

  flash: {
    ...webhookFlashJa,
    ...keysFlashJa,
    saved: (_count: number) => '保存しました',
    saveFailed: (_count: number) => '保存に失敗しました',
    deleted: (_count: number) => '削除しました',
    deleteFailed: (_count: number) => '削除に失敗しました',
    alreadyDeleted: (_count: number) => '既に削除されています',
    tokensCleared: (count: number) =>
      count === 0 ? '期限切れのトークンはありませんでした' : `期限切れのトークンを${count}件削除しました`,
    clientDisabled: (_count: number) => 'クライアントを無効にしました',
    clientEnabled: (_count: number) => 'クライアントを有効にしました',
    secretEnded: (_count: number) => 'シークレットを無効にしました',
    secretStays: (_count: number) => 'このシークレットは既に無効か、使える最後のシークレットです',
    grantRevoked: (_count: number) => '連携を終了しました',
    apiEnabled: (_count: number) => 'Web APIを有効にしました',
    apiDisabled: (_count: number) => 'Web APIを無効にしました',
    loggedOut: (_count: number) => 'ログアウトしました',
    loginExpired: (_count: number) => '時間が経過しました。もう一度ログインしてください',
    factorRemoved: (_count: number) => '2段階認証を解除しました',
    sessionEnded: (_count: number) => '端末をログアウトさせました',
    sessionsEnded: (count: number) =>
      count === 0 ? 'ほかにログイン中の端末はありませんでした' : `${count}台の端末をログアウトさせました`,
    passwordChanged: (count: number) =>
      count === 0 ? 'パスワードを変更しました' : `パスワードを変更し、${count}件の連携を終了しました`,
  },

  login: {
    title: 'ログイン',
    loginId: 'ログインID',
    password: 'パスワード',
    submit: 'ログイン',
    failed: 'ログインできませんでした。入力内容に誤りがないかご確認ください。',
    throttled: (minutes: number) => `ログイン試行回数が多すぎます。${minutes}分後に再度お試しください。`,
    forRequest: (client: string) => `「${client}」との連携を続けるには、ログインしてください。`,
  },

  home: {
    title: 'ホーム',
    api: 'Web API',
    apiOn: '有効',
    apiOff: '無効',
    apiOffNext:
      'Web APIは無効です。クライアントとトークンは保持されています。プラグイン一覧から有効化できます。',
    toPlugins: 'プラグイン一覧を開く',
    clients: 'クライアント',
    liveGrants: '有効な連携',
    last30Days: (what: string) => `${what}（直近30日間）`,
    count: (n: string) => `${n}件`,
    chart: 'APIの呼び出し',
    chartAlternative: (calls: string, errors: string, peak: string, peakDay: string) =>
      `直近30日間に${calls}回呼び出され、うち${errors}回がエラーでした（赤い部分）。最も多い日は${peakDay}の${peak}回です。`,
    timesAlternative: (ms: string) => `日ごとの平均応答時間です。最も長い日は${ms}ミリ秒でした。`,
    callsAxis: '1日の呼び出し（回）',
    msAxis: '平均応答時間（ミリ秒）',
    chartEmpty: '直近30日間にAPIは呼び出されていません。',
    chartTable: '数値を表で見る',
    day: '日付',
    calls: '呼び出し',
    times: (n: string) => `${n}回`,
    errors: 'エラー',
    average: '平均応答時間',
    mostWithin: '95%の応答が収まる時間',
    ms: (n: string) => `${n}ミリ秒`,
    beyond: '2.5秒超',
    events: '最近の出来事',
    noEvents: 'まだ記録はありません。',
    noClients:
      'クライアントがまだ登録されていません。最初のクライアントを登録すると、数分でデータを取得できます。',
    firstClient: 'クライアントを登録する',
    noCalls: 'クライアントの「次の手順」に沿ってAPIを呼び出すと、ここに回数と応答時間が表示されます。',
    when: '日時',
    what: '内容',
    who: 'メンバー',
    which: 'クライアント',
  },

  events: {
    ...webhookEventsJa,
    login_ok: 'ログインしました',
    login_failed: 'ログインに失敗しました',
    login_throttled: 'ログインの試行が制限されました',
    logout: 'ログアウトしました',
    session_ended: 'セッションが終了しました',
    password_confirmed: 'パスワードを再確認しました',
    password_not_confirmed: 'パスワードの再確認に失敗しました',
    second_factor_failed: '2段階認証に失敗しました',
    second_factor_enrolled: '2段階認証を設定しました',
    second_factor_removed: '2段階認証を解除しました',
    recovery_code_used: 'リカバリーコードを使用しました',
    recovery_codes_made: 'リカバリーコードを発行しました',
    authorize_refused: '認可リクエストを拒否しました',
    authorize_approved: 'アクセスを許可しました',
    challenge_repeated:
      'アプリが同じcode_challengeを繰り返し使いました（PKCEの実装を直してもらってください）',
    authorize_denied: 'アクセスを許可しませんでした',
    code_redeemed: '認可コードをトークンに交換しました',
    code_replayed: '使用済みの認可コードが再び使われたため、連携を終了しました',
    token_issued: 'トークンを発行しました',
    token_refreshed: 'トークンを更新しました',
    refresh_reused: '使用済みのリフレッシュトークンが再び使われたため、連携を終了しました',
    token_refused: 'トークンの発行を拒否しました',
    token_revoked: 'トークンを取り消しました',
    grant_revoked: '連携を終了しました',
    client_created: 'クライアントを登録しました',
    client_imported: 'EC-CUBEのプラグインからクライアントを取り込みました',
    client_updated: 'クライアントを変更しました',
    client_disabled: 'クライアントを無効にしました',
    client_enabled: 'クライアントを有効にしました',
    client_deleted: 'クライアントを削除しました',
    secret_created: '新しいシークレットを発行しました',
    secret_revoked: 'シークレットを無効にしました',
    tokens_pruned: '期限切れのトークンを削除しました',
    api_enabled: 'Web APIを有効にしました',
    api_disabled: 'Web APIを無効にしました',
    member_created: 'メンバーを登録しました',
    member_disabled: 'メンバーを非稼働にしました',
    member_password_changed: 'メンバーのパスワードを変更しました',
    key_rotated: '署名鍵を切り替えました',
    key_retired: '古い署名鍵を削除しました',
  } satisfies Record<EventKind, string>,

  plugins: {
    title: 'プラグイン一覧',
    name: 'プラグイン名',
    version: 'バージョン',
    state: 'ステータス',
    description: 'OAuth 2.0で認可されたアプリに、GraphQLでショップのデータを公開します。',
    settings: '設定',
    enableTitle: 'Web APIを有効にします',
    enableText: '有効にすると、次のようになります。',
    enableEffects: [
      'メニューに「API管理」が表示されます。',
      'アプリの認可とAPIの呼び出しが、再びできるようになります。',
      '無効にする前のクライアントと、期限内のトークンがそのまま使えます。',
    ],
    disableTitle: 'Web APIを無効にします',
    disableText: '無効にすると、次のようになります。',
    disableEffects: [
      'メニューから「API管理」が消えます。',
      '連携中のアプリは、すぐに使えなくなります（認可・トークン・APIのURLは404を返します）。',
      'クライアントとトークンは削除されません。有効にすると元に戻ります。',
    ],
  },

  scopes: {
    read: '商品・受注・会員などのデータの読み取り（GraphQLのQuery）',
    write: 'データの書き込み（GraphQLのMutation）',
    'read:products': '商品・在庫・カテゴリの参照だけ',
    'read:orders': '受注・出荷の参照だけ（注文者・お届け先の個人情報を含む）',
    'read:customers': '会員の参照だけ（顧客の個人情報を含む）',
    'write:stock': '在庫の更新だけ',
    'write:shipping': '出荷の登録だけ',
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
    grants: 'グラントタイプ',
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

  form: {
    title: 'OAuthクライアント登録',
    name: 'クライアント名',
    nameHelp: '認可画面でメンバーに表示されます。アプリの名前を128文字以内で入力してください。',
    redirectUris: 'リダイレクトURI',
    redirectUrisHelp:
      '1行に1つずつ入力してください（カンマ区切りも可）。https://のURL、または開発用にhttp://localhost、http://127.0.0.1、http://[::1]を登録できます。パブリッククライアントはcom.example.app:/callbackの形式も使えます。',
    scopes: 'スコープ',
    scopesHelp: 'アプリに必要なものだけを選んでください。',
    grants: 'グラントタイプ',
    grantsHelp: 'Refresh tokenを選ぶと、アプリは再ログインなしでアクセストークンを更新できます。',
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
    pkceRequired: 'PKCEを必須にする',
    pkceHelp:
      '認可コードの横取りを防ぎます。アプリがPKCE（S256）に対応しているなら有効にしてください。パブリッククライアントでは常に必須です。',
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

  consent: {
    headline: <T>(shop: T): Pieces<T> => ['アプリから', shop, 'へのアクセスを許可しますか？'],
    app: 'アプリ',
    returnsTo: '許可後の移動先',
    allow: 'このアプリに以下を許可します：',
    scopes: {
      read: <T>(shop: T): Pieces<T> => [shop, 'のデータに対する読み取り（顧客の個人情報を含みます）'],
      write: <T>(shop: T): Pieces<T> => [shop, 'のデータに対する書き込み'],
      'read:products': <T>(shop: T): Pieces<T> => [shop, 'の商品・在庫・カテゴリの参照'],
      'read:orders': <T>(shop: T): Pieces<T> => [
        shop,
        'の受注・出荷の参照（注文者・お届け先の個人情報を含みます）',
      ],
      'read:customers': <T>(shop: T): Pieces<T> => [shop, 'の会員の参照（顧客の個人情報を含みます）'],
      'write:stock': <T>(shop: T): Pieces<T> => [shop, 'の在庫の更新'],
      'write:shipping': <T>(shop: T): Pieces<T> => [shop, 'の出荷の登録'],
      webhooks: <T>(shop: T): Pieces<T> => [
        shop,
        'の変更を、アプリが指定したURLへ通知し続けること（読み取りを許可した範囲のデータを送ります）',
      ],
    },
    otherScope: <T>(scope: string, shop: T): Pieces<T> => [shop, `に対する「${scope}」`],
    as: '許可する人',
    asMember: (name: string, loginId: string) => `${name}（${loginId}）`,
    notYou: '別のユーザーでログイン',
    duration: '許可の期間',
    once: (access: string) => `${access}。期限が切れたら、もう一度許可が必要です。`,
    refreshable: (refresh: string) =>
      `最後に使われてから${refresh}。アプリが使い続ける間は延長されます。連携アプリの画面でいつでも終了できます。`,
    approve: '許可する',
    deny: '許可しない',
  },

  notAllowed: {
    title: 'このアカウントではアプリを許可できません',
    text: (name: string) =>
      `${name} 様には、アプリにアクセスを許可する権限がありません。許可できるのは「システム管理者」だけです。`,
    how: '許可するには、次のいずれかを行ってください。',
    steps: [
      'システム管理者のメンバーに、このアプリの連携を依頼する。',
      'EC-CUBE管理画面の［設定 → システム設定 → メンバー管理］で、権限を「システム管理者」に変更してもらう。',
    ],
    back: 'アプリに戻る',
  },

  answered: {
    title: 'このリクエストは回答済みです',
    approved: 'このリクエストは既に許可されています。アプリの画面に戻ってください。',
    denied: 'このリクエストは既に「許可しない」と回答されています。',
    again: 'もう一度連携するときは、アプリから操作をやり直してください。',
  },

  authorizeErrors: {
    title: 'アプリと連携できません',
    whatToDo: '対処方法',
    reasons: {
      'client-unknown': {
        text: 'このクライアントIDは登録されていません。',
        next: 'アプリに設定したclient_idが、OAuth管理のクライアントIDと同じか確認してください。',
      },
      'client-disabled': {
        text: 'このクライアントは無効になっています。',
        next: 'ショップの管理者が、OAuth管理でクライアントを有効にする必要があります。',
      },
      'client-missing': {
        text: 'リクエストにclient_idがないか、2回以上指定されています。',
        next: 'アプリの認可URLにclient_idを1つだけ付けてください。',
      },
      'request-too-long': {
        text: '認可URLが長すぎます（「?」より後ろは5,000バイトまで）。',
        next: 'アプリから送るstateなどのパラメーターを短くしてください。stateは4,000バイトまで使えます。',
      },
      'redirect-missing': {
        text: 'リクエストにredirect_uriがありません。',
        next: 'アプリの認可URLに、登録済みのリダイレクトURIを付けてください。',
      },
      'redirect-mismatch': {
        text: 'リダイレクトURIが、登録されているものと一致しません。',
        next: 'アプリから送られたredirect_uriを、OAuth管理に登録したものと1文字単位で同じにしてください。',
      },
      'request-gone': {
        text: 'この認可リクエストは見つからないか、期限が切れています。',
        next: 'アプリに戻り、連携の操作を最初からやり直してください。',
      },
    } satisfies Record<PageReason | 'request-gone', unknown>,
    misfit: {
      title: (client: string) => `クライアント「${client}」のリダイレクトURI`,
      sent: 'アプリから送られたURI',
      registered: '登録されているURI',
      notOne: '送られていないか、2つ以上送られました。',
      none: '登録されていません。',
      add: '送られたURIがこのアプリのものであることを確かめてから、クライアントの設定の「リダイレクトURI」に追加してください。',
      toClient: 'クライアントの設定を開く',
      onlyYou: 'この欄は、ログイン中のシステム管理者にだけ表示されています。',
    },
  },

  goingOn: {
    title: 'アプリに戻ります',
    text: (client: string) =>
      `「${client}」からのリクエストに誤りがあるため、アプリに結果を知らせます。自動的に移動しない場合は、ボタンを押してください。`,
    go: 'アプリに戻る',
  },

  errors: {
    kinds: {
      not_accessible: {
        title: 'アクセスできません。',
        text: 'お探しのページはアクセスができない状況にあるか、移動もしくは削除された可能性があります。',
      },
      not_found: { title: 'ページがみつかりません。', text: 'URLに間違いがないかご確認ください。' },
      throttled: {
        title: 'アクセスできません。',
        text: '試行回数の上限を超過しました。しばらくお待ちいただき、再度お試しください。',
      },
      system: {
        title: 'システムエラーが発生しました。',
        text: '大変お手数ですが、サイト管理者までご連絡ください。',
      },
      unavailable: {
        title: 'ただいまご利用いただけません。',
        text: '一時的に応答できない状態です。しばらくお待ちいただき、再度お試しください。',
      },
      csrf: {
        title: 'ページの有効期限が切れました。',
        text: '画面を開いてから時間がたったか、ログインし直されています。前のページを再読み込みして、もう一度送信してください。',
      },
      login_required: {
        title: 'ログインが必要です。',
        text: 'ログアウトしたか、操作のない時間が続いたため、ログインし直してください。',
      },
      system_admin_only: {
        title: 'この操作はシステム管理者だけが行えます。',
        text: 'アプリや外部サービスに、ショップの情報を使えるようにする操作です。権限がシステム管理者のメンバーに依頼してください。',
      },
      address_refused: {
        title: 'アクセスできません。',
        text: 'お使いのネットワークからは、この管理画面を利用できません。',
      },
      api_disabled: {
        title: 'Web APIは無効です。',
        text: 'このショップのWeb APIは現在停止しています。プラグイン一覧から有効化できます。',
      },
    },
    toLogin: 'ログイン画面へ',
    toHome: 'ホームへ',
  },
};

export type Messages = typeof ja;
