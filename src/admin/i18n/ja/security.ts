/** Words of セキュリティ, in Japanese. */
import type { SecurityKind } from '../../../security/security-findings.ts';
import type { RowState } from '../../../security/security-rows.ts';

export const securityJa = {
  security: {
    title: 'セキュリティ',
    lead: 'APIの設定を点検した結果です。',
    allWell: '問題は見つかりませんでした。',
    advice: 'さらに安全にするには',
    found: (n: number) => `確認が必要な項目が${n}件あります。`,
    further: (n: number, isCut: boolean) => `ほか${n.toLocaleString('ja')}件${isCut ? '以上' : ''}`,
    well: '問題のない項目',
    todo: '対処方法',
    kinds: {
      'plain-http-issuer': {
        title: '通信が暗号化されていません',
        why: 'http://のままでは、パスワードやトークンを通信の途中で盗み見られるおそれがあります。',
        todo: 'HTTPSで公開し、PUBLIC_URLをhttps://から始まるURLにするよう、サーバーの管理者に依頼してください。',
        well: '通信は暗号化されているか、このコンピューターの中だけで使われています。',
      },
      'open-files': {
        title: '鍵やデータのファイルを、ほかの利用者が読める状態です',
        why: '同じサーバーのほかの利用者に署名鍵を読まれると、偽のトークンを作られるおそれがあります。',
        todo: 'フォルダーは700、ファイルは600の権限にするよう、サーバーの管理者に依頼してください。読まれたおそれがあるときは、署名鍵も切り替えてください。',
        well: '鍵とデータのファイルは、所有者だけが読めます。',
      },
      'cheap-passwords': {
        title: 'パスワードのハッシュが弱い設定です',
        why: 'データベースが漏れたときに、パスワードを割り出されやすくなります。',
        todo: 'TEGATA_PASSWORD_COSTの設定を外す（13になります）よう、サーバーの管理者に依頼してください。その後、メンバーのパスワードを変更してください。',
        well: 'パスワードのハッシュは十分な強さです。',
      },
      'clock-apart': {
        title: 'サーバーとデータベースの時計がずれています',
        why: 'ログインやトークンの期限が、早く切れたり遅く切れたりします。',
        todo: '両方の時計を自動で合わせる（NTP）よう、サーバーの管理者に依頼してください。',
        well: 'サーバーとデータベースの時計は合っています。',
      },
      'without-pkce': {
        title: 'アプリがPKCEを使っていないクライアント',
        why: '認可コードを横取りされたときに、トークンを盗まれるおそれがあります。',
        todo: 'アプリがPKCE（S256）に対応しているか開発者に確認し、クライアントの設定でPKCEを「自動」か「必須」にしてください。「自動」では、登録から7日を過ぎてアプリがPKCEを使うと必須になります。',
        well: 'この90日間に、PKCEを使わずに認可されたアプリはありません（登録から7日以内のクライアントを除く）。',
      },
      'wide-scopes': {
        title: 'すべてのデータの読み取りと書き込みができるクライアント',
        why: 'トークンやシークレットが漏れたときの被害が大きくなります。',
        todo: 'アプリが使う機能を開発者に確認し、「在庫の更新だけ」のような狭いスコープに変更してください。',
        well: '広すぎるスコープを持つクライアントはありません（登録から7日以内のクライアントを除く）。',
      },
      'old-secrets': {
        title: '1年以上同じシークレットを使っているクライアント',
        why: '長く使うほど、知らないうちに漏れている可能性が高くなります。',
        todo: 'クライアントの画面で「新しいシークレットを発行」し、アプリの設定を差し替えてください。猶予を付ければアプリを止めずに替えられます。',
        well: '1年以上同じシークレットを使っているクライアントはありません。',
      },
      'unused-clients': {
        title: '90日以上使われていないクライアント',
        why: '使わないクライアントを残しておくと、悪用されても気付きにくくなります。',
        todo: '使う予定がなければ、無効にするか削除してください。無効にしたクライアントは、いつでも有効に戻せます。',
        well: '90日以上使われていないクライアントはありません。',
      },
      'no-second-factor': {
        title: '2段階認証を使っていないメンバー',
        why: 'パスワードを知られただけで、管理画面にログインされるおそれがあります。',
        todo: '画面右上のメニューの「2段階認証 設定」から、メンバーそれぞれが登録してください。メニューにないときは、ECCUBE_2FA_ENABLEDを1にするよう、サーバーの管理者に依頼してください。',
        well: 'すべてのメンバーが2段階認証を使っています。',
      },
      'short-keys': {
        title: '署名鍵の強さが128ビット相当に届いていません',
        why: '現在は安全ですが、長期の利用にはより強い鍵が勧められています。',
        todo: 'すべてのアプリが対応していれば、「署名鍵」の画面でES256、EdDSA、PS256のいずれかに切り替えてください。',
        well: '署名鍵は128ビット相当以上の強さです。',
      },
      'long-codes': {
        title: '認可コードの有効期間が60秒を超えています',
        why: '短いほど、横取りされた認可コードを使われにくくなります。',
        todo: 'アプリの動作に支障がなければ、TEGATA_CODE_TTLを60にするよう、サーバーの管理者に依頼してください。',
        well: '認可コードの有効期間は60秒以下です。',
      },
    } satisfies Record<SecurityKind, unknown>,
    /** What is found, as a sentence. */
    values: {
      'cheap-passwords': (n: string) => `コストは${n}です（10以上が必要です）。`,
      'clock-apart': (n: string) => `${n}秒ずれています。`,
      'short-keys': (n: string) => `${n}ビット相当です。`,
      'long-codes': (n: string) => `${n}秒です。`,
    } as Partial<Record<SecurityKind, (n: string) => string>>,
    checklist: {
      title: 'チェックリスト',
      lead: 'OAuth 2.0のセキュリティ指針（RFC 9700）、OWASP ASVS 5.0、ほかのサーバーで起きた問題にもとづく点検項目です。このショップの設定で決まる項目には、点検の結果を添えています。',
      counts: (rows: number, states: string) => `全${rows}項目：${states}`,
      count: (state: string, n: number) => `${state} ${n}`,
      between: '・',
      looked: (n: number) => `要確認 ${n}`,
      id: '番号',
      requirement: '項目',
      state: '状態',
      states: { tested: 'テスト済み', later: '今後対応', 'n/a': '対象外' } satisfies Record<RowState, string>,
      here: 'このショップ',
      levels: { well: '問題なし', advice: '改善の余地あり', warning: '要確認' },
    },
  },
};
