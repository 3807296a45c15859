/** What the Japanese documents say where the program itself speaks English: variables and protocol errors. */
import type { VARIABLES } from '../../src/app/config/variables.ts';
import type { OAuthErrorCode } from '../../src/oauth/rules/errors.ts';

export const VARIABLES_JA: Readonly<Record<keyof typeof VARIABLES, string>> = {
  host: '待ち受けるアドレス',
  port: '待ち受けるポート',
  publicUrl:
    '外から見えるURL（パスも可）。トークンの発行者（issuer）になります。既定は `http://localhost:{PORT}`（[設置](deploy/README.md)）',
  pagesPath:
    'ログイン、ホームなどTegata自身の画面を置くパス。既定は、EC-CUBEと重ならない `/{ECCUBE_ADMIN_ROUTE}/api/oauth/tegata`。`PUBLIC_URL` がこのマシンのポートそのものの間は `/{ECCUBE_ADMIN_ROUTE}`',
  shopUrl:
    'ショップのトップページ。WebHookの `X-ECCUBE-URL` と、画面からのリンクに使います。既定は `PUBLIC_URL`',
  imageUrl:
    '商品画像の置き場所のURL（`ProductImage.url`）。既定は EC-CUBE と同じ `{TEGATA_SHOP_URL}/html/upload/save_image`',
  dataDir: '鍵と組み込みデータベースを置くフォルダー',
  keyStore:
    '署名鍵の置き場所。`files` はデータフォルダーのファイル、`database` はマスターキーで暗号化してデータベースに置きます。[運用](operating.md)を参照',
  masterKey:
    '`TEGATA_KEYS=database` のとき：鍵と、保存する秘密の暗号化に使う32バイト（base64url）。すべてのノードで同じものを使い、データベースには置きません',
  masterKeyFile: '`TEGATA_MASTER_KEY` の代わりに、その値が書かれたファイル',
  keyModule:
    '`TEGATA_KEYS=database` のとき：KMSやHSMで署名鍵を作り、署名するモジュール。指定しなければTegataが行います',
  runtimeDir:
    'マシンのNodeが古いときに取得するNode 26を置くフォルダー（[運用](operating.md)）。指定しなければ `~/.cache/tegata`',
  imageDir:
    'ショップの商品画像のフォルダー（`html/upload/save_image`）、または `s3://bucket/prefix`（[画像](images.md)）。指定しなければ `POST /api/images` は501を返します',
  databaseUrl: 'ショップのデータベース。指定しなければ、データフォルダーにSQLiteのショップを作ります',
  databasePool: 'PostgreSQLまたはMySQLへの接続数',
  readDatabaseUrl:
    '`DATABASE_URL` のPostgreSQLのストリーミングレプリカ。`/api` のクエリと一覧の書き出しに使います。応答しない、または遅れている間はプライマリーが応答します（[運用](operating.md)）。指定しなければ使いません',
  readMaxLagSeconds: 'レプリカを読み取りに使ってよい、プライマリーからの遅れ（秒）',
  adminPassword:
    '組み込みのショップを最初に作るときの `admin` のパスワード。指定しなければ自動で作り、一度だけ表示します',
  backupPassphrase:
    '`tegata backup`、`restore`、`export`、`import FILE` のパスフレーズ（端末で入力できない場合）。[バックアップ](backup.md)を参照',
  adminRoute: '管理画面のURLの最初の部分',
  linkSecret:
    'EC-CUBEのプラグインtegata-linkと共有する秘密（`tegata link secret` で作ります）。EC-CUBEの管理画面のログインで続けられるようになります。指定しなければ使えません',
  authMagic: 'EC-CUBEのパスワードの付加文字列。EC-CUBE 4.0〜4.2で登録したメンバーのパスワードに必要です',
  passwordCost:
    '新しいパスワードのbcryptコスト。ログインのたびにかかる計算量でもあります。下げるのはテストのときだけにしてください',
  timeZone: '応答と画面の日時のタイムゾーン',
  locale: '画面とメッセージの言語。指定しなければ日本語、ブラウザが英語を優先していれば英語です',
  currency: 'ショップの通貨',
  adminAllowHosts: '指定すると、管理画面と、そこへ移動する `/` は、これらのアドレスにだけ応答します',
  adminDenyHosts: '管理画面が応答しないアドレス',
  frontAllowHosts:
    '指定すると、管理画面以外（`/token` と `/api` を含む）は、これらのアドレスにだけ応答します',
  frontDenyHosts: '管理画面以外が応答しないアドレス',
  trustedProxies: '`X-Forwarded-*` ヘッダーを信頼するプロキシ',
  tlsCertFile:
    '証明書チェーンのPEMファイル。`TEGATA_TLS_KEY` とともに指定すると、Tegata自身がHTTPSで応答します',
  tlsKeyFile: '証明書の秘密鍵のPEMファイル',
  mailerDsn: 'メールの送信方法（Symfony Mailerの書式）',
  twoFactorEnabled: '0にすると、全員の2段階認証を使わなくなります',
  oauthPrivateKey:
    'PHPプラグインの署名鍵。ファイル、またはPEMの文字列。`tegata takeover` が公開鍵の部分だけを引き継ぎます。署名にはTegata自身の鍵を使います',
  oauthPublicKey:
    'PHPプラグインの公開鍵。ファイル、またはPEMの文字列。`tegata takeover` が使います。`TEGATA_SHOP_DIR` の下も探します',
  shopDir:
    'EC-CUBEのフォルダー。`tegata takeover` がここからPHPプラグインの鍵を探します。未設定なら `--env-file` のあるフォルダー',
  oauthEncryptionKey:
    'PHPプラグインの暗号化パスワード。有効な認可コードとリフレッシュトークンを引き継ぐために `tegata takeover` が使います',
  codeTtlSeconds: '認可コードの有効期間（秒）',
  accessTokenTtlSeconds: 'アクセストークンの有効期間（秒）',
  refreshTokenTtlSeconds: '使われていないリフレッシュトークンの有効期間（秒）',
  refreshAbsoluteTtlSeconds: '何度更新しても、許可からこの時間が過ぎると連携が終わります（秒）',
  apiMaxAnswerBytes: '`/api` の応答の上限（バイト）。超える問い合わせは、行を読んでいる途中で断ります',
  apiRunningPerClient:
    '1つのクライアントの `/api` へのリクエストを、1つのプロセスが同時に処理する数。超えた分は5秒まで待ち、それでも空かなければ、時間をおいて送り直すよう答えます',
  drainSeconds:
    '停止の合図（SIGTERM、SIGHUP）を受けてから、`/ready` が503を返したまま新しいリクエストに応じる時間（秒）。ロードバランサーが送り先を変えるための時間で、直近の30秒に `/ready` が呼ばれているときだけ待ちます',
  jwksAllow: 'プライベートアドレスのうち、クライアントの鍵（`jwks_uri`）の取得を認めるホストとアドレス範囲',
  apiMaxLimit: '一覧のクエリに指定できる `limit` と `first` の上限（件）',
  auditDays: '監査ログを残す期間（日）',
  webhookAllow: 'プライベートアドレスのうち、WebHookの送信を認めるホストとアドレス範囲',
  failuresPerMinute:
    '1つのアドレスまたはクライアントに認める、`/token`・`/revoke`・`/introspect` の1分あたりの失敗の数。認可画面を1つのアドレスから開ける回数も同じで、そのうちログイン待ちにできるのは10分間にその3割（少なくとも300）までです',
  apiPerMinute: '1つのクライアントが1分間に `/api` を呼び出せる回数',
  apiCostPerMinute:
    '1つのクライアントが1分間に `/api` で使えるコストの合計（プロセスごと）。クライアントごとに変更できます',
  requestLogDays: '`/api` のリクエストの履歴を残す期間（日）。0なら記録しません',
  extensions:
    '拡張のファイル。プラグインが追加した項目の一覧（`.json`、`.yaml`）とモジュール（`.js`、`.mjs`、`.ts`）。作業フォルダーからの相対パスも使えます',
  keyRotationDays:
    '署名鍵を次の鍵に切り替えるまでの期間（日）。0なら、コマンドかボタンを使ったときだけ切り替えます',
  metricsAllowHosts: '`/metrics` を読めるアドレス。ほかのアドレスには、ページがないと答えます',
  redisUrl:
    '上限の回数とコストを、すべてのノードとワーカーで合わせて数えるValkeyまたはRedis。`npm install ioredis` が必要です。指定しなければプロセスごとに数えます（[上限](limits.md)）',
  workers: 'ポートを共有するプロセスの数',
  logLevel: 'ログの詳しさ（pinoのレベル）',
};

export const ERRORS_JA: Readonly<Record<OAuthErrorCode, string>> = {
  invalid_request: '必要なパラメーターがないか、重複しているか、書式が正しくありません。',
  invalid_client: 'クライアントを認証できませんでした。',
  invalid_grant:
    '認可コードまたはリフレッシュトークンが無効です（期限切れ、使用済み、取り消し済み、または別のクライアントやリダイレクトURIに発行されたもの）。',
  unauthorized_client: 'このクライアントには、このグラントタイプが登録されていません。',
  unsupported_grant_type:
    '対応していないグラントタイプです。対応しているのは authorization_code、refresh_token、client_credentials です。',
  unsupported_response_type: '対応している response_type は code だけです。',
  invalid_scope: 'スコープの書式が正しくないか、存在しないか、このクライアントに登録されていません。',
  invalid_target: 'このサーバーがトークンを発行しない resource が指定されました。',
  access_denied: 'メンバーが許可しませんでした。',
  server_error: 'サーバーが応答できませんでした。',
  temporarily_unavailable: 'いまは応答できません。しばらくしてからもう一度お試しください。',
  too_many_requests: '失敗したリクエストが多すぎます。Retry-Afterの時間だけお待ちください。',
  invalid_token: 'アクセストークンが無効です。',
  insufficient_scope: 'アクセストークンのスコープが足りません。',
};
