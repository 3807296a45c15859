/** Words of the tabs of one client, in Japanese: 次の手順 in several languages, 接続テスト. Read by shop staff and app developers. */
export const clientTabsJa = {
  clientTest: {
    title: 'このクライアントの接続テスト',
    lead: 'このクライアントのID、リダイレクトURI、スコープ、認証方式で、アプリと同じようにつながるか確かめます。データは書き込みません。',
    grant: 'テストするグラントタイプ',
    authorizeUrl: '認可URL',
    open: '1. 認可画面を開く（新しいタブ）',
    returned: '2. 許可した後に移動したURL',
    returnedHelp:
      '「許可する」を押すと、アプリのリダイレクトURIに移動します。移動した先でエラーが表示されても構いません。アドレスバーのURL全体を貼り付けてください。',
    returnedWrong:
      'このテストで開いた認可画面から戻ったURLではありません。認可画面を開くところからやり直してください。',
    secret: 'クライアントシークレット',
    secretHelp: 'アプリに設定したものを入力してください。保存せず、このテストだけに使います。',
    assertion: 'client_assertion',
    assertionHelp: 'アプリの秘密鍵で署名したJWTを貼り付けてください。保存せず、このテストだけに使います。',
    run: 'テストする',
    worked: '接続できました。トークンの取得と、APIの呼び出しが成功しました。',
    revoked: 'テストで取得したトークンは、取り消しました。',
  },
};

export const stepsJa = {
  languages: '手順を表示する言語',
  secretPlaceholder: '<CLIENT_SECRET>を、発行したときに控えたクライアントシークレットに置き換えてください。',
  noCurl:
    'このクライアントは署名で認証するため、curlだけでは試せません。プログラミング言語の例を選んでください。',
  notIn: (language: string, alg: string) =>
    `${language}の標準のライブラリは${alg}に対応していません。ほかの言語の例を参考にしてください。`,
  program: (language: string) => `${language}のプログラム`,
  programs: {
    php: 'PHP 7.4以降（curl拡張）で動きます。リダイレクトURIに置いて、ブラウザで開いてください。',
    python: 'Python 3.9以降で動きます。ターミナルで実行してください。',
    javascript: 'Node.js 20以降で動きます。拡張子を.mjsにして、ターミナルで実行してください。',
    csharp: '.NET 8以降のコンソールアプリで動きます。Program.csに貼り付けてください。',
  },
  comments: {
    secret: 'シークレットは環境変数に入れ、プログラムには書かない',
    key: '登録した公開鍵と対になる秘密鍵',
    login: '認可：表示したURLをブラウザで開き、メンバーが許可する',
    back: '許可の後：リダイレクトURIに移動したURLを受け取り、stateを確かめて、トークンに交換する',
    own: '無人の連携：クライアント自身のトークンを取得する',
    call: 'APIの呼び出し',
    refresh: 'アクセストークンの期限が切れたら更新し、新しいrefresh_tokenを保存する',
  },
  ownTitle: '無人の連携（Client credentials）',
  ownExchange: '1. トークンを取得する',
  ownHelp: '人の許可は要りません。',
  ownCommand: 'クライアント自身のトークンを取得するcurl',
  ownCall: '2. APIを呼び出す',
  ownCallHelp: '<ACCESS_TOKEN>を、手順1で受け取ったaccess_tokenに置き換えてください。',
  ownCallCommand: '無人でAPIを呼び出すcurl',
};

export const tabsJa = {
  tabsLabel: 'クライアントの画面',
  tabs: {
    settings: '設定',
    secrets: 'シークレット',
    steps: '次の手順',
    connections: '接続',
    requests: 'リクエスト',
    failures: '失敗',
  },
  test: '接続テスト',
  testHelp: 'このクライアントの設定でAPIにつながるか、画面から確かめられます。',
  toTest: '接続テストを始める',
};
