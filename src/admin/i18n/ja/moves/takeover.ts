/** Words of プラグインからの切り替え, in Japanese. */
import type { TakeoverState } from '../../../../oauth/rules/takeover.ts';
import type { TakeoverBlocker } from '../../../../takeover/plan.ts';

const times = (n: number) => n.toLocaleString('en-US');

export const takeoverJa = {
  takeover: {
    title: 'プラグインからの切り替え',
    lead: 'EC-CUBEのWeb APIプラグイン（PHP版）から、動いている連携を止めずにTegataへ切り替えます。元に戻すこともできます。',
    linkTitle: 'Web APIプラグイン（PHP版）からの切り替え',
    link: '切り替えの画面へ',
    steps: '切り替えの手順',
    step: {
      plan: '内容を確認する',
      apply: '切り替える',
      proxy: 'プラグインのURLをTegataに向ける（Webサーバーの設定）',
      finish: '完了する（元に戻せなくなります）',
    },
    done: '済み',
    now: '次の手順',
    state: '状態',
    states: {
      none: '切り替えていません。連携はPHP版のプラグインが受け付けています。',
      open: 'Tegataが受け付けています。まだ元に戻せます。',
      returned: 'PHP版のプラグインに戻しました。Tegataに届いたリクエストにも、引き続き応答します。',
      finished: '切り替えは完了しました。プラグインが発行したトークンは、期限まで使えます。',
      ended: 'PHP版のプラグインに戻しました。プラグインのトークンは、Tegataでは使えません。',
    } satisfies Record<TakeoverState | 'none', string>,
    since: (when: string) => `${when}から`,
    until: (when: string) =>
      `プラグインが発行したトークンは、遅くとも${when}に期限が切れます。それまで、EC-CUBEのプラグインを削除しないでください。`,
    progress: 'プラグインのリフレッシュトークンの引き継ぎ',
    progressText: (honoured: number, waiting: number) =>
      `${times(honoured)}件を引き継ぎました。残りは${times(waiting)}件です。アプリが次にトークンを更新したときに引き継ぎます。`,
    stillIssuing: (n: number) =>
      `切り替えたあとに、プラグインがアクセストークンを${times(n)}件発行しています。プラグインのURLがまだTegataに向いていません。`,
    webhooksBehind: (n: number) =>
      `送信の残っているWebHookが${times(n)}件あります。少し待ってから続けてください。`,
    plan: '切り替える内容',
    plugin: 'プラグイン',
    plugins: { Api42: 'Api42（EC-CUBE 4.2以降）', Api: 'Api（EC-CUBE 4.0・4.1）', none: 'ありません' },
    clients: 'クライアント',
    clientCounts: (comes: number, here: number, refused: number) =>
      `新しく登録：${times(comes)}件、登録済み：${times(here)}件、登録できない：${times(refused)}件`,
    refused: (name: string) => `「${name}」は登録できません。EC-CUBEの側で直してください。`,
    shortSecret: (name: string) =>
      `「${name}」のシークレットは短く、推測されるおそれがあります。切り替えたあとで新しいシークレットを発行してください。`,
    webhooks: 'WebHook',
    webhookCounts: (n: number, left: number) =>
      left === 0 ? `${times(n)}件` : `${times(n)}件（送信できないため引き継がないもの：${times(left)}件）`,
    privateUrl: (url: string) =>
      `${url} は社内のアドレスです。環境変数 TEGATA_WEBHOOK_ALLOW で許可するまで送信できません。`,
    tokens: '使用中のトークン',
    tokenCounts: (access: number, refresh: number, codes: number) =>
      `アクセストークン：${times(access)}件、リフレッシュトークン：${times(refresh)}件、認可コード：${times(codes)}件`,
    lostApprover: (login: string) =>
      `${login} さんは、稼働中のシステム管理者ではなくなりました。この方が許可した連携は、もう一度許可が必要です。`,
    key: 'プラグインの公開鍵',
    keyFound: (from: string, bits: number) => `${from}（RSA ${bits}ビット）`,
    keyMissing: '見つかりません',
    password: 'プラグインの暗号化パスワード',
    passwordUsual: '初期値（ECCUBE_OAUTH2_ENCRYPTION_KEY の設定なし）',
    passwordOwn: '設定されている値',
    blockers: {
      no_plugin: 'このショップのデータベースには、PHP版のWeb APIプラグインのデータがありません。',
      finished: '切り替えは既に完了しています。',
      refused_clients:
        '登録できないクライアントがあるため、切り替えられません。EC-CUBEの側で直すか、コマンド tegata takeover apply --allow-refused で除外してください。',
      no_key:
        'プラグインの公開鍵が見つからないため、切り替えられません。環境変数 TEGATA_SHOP_DIR にEC-CUBEのフォルダーを設定してください。',
      bad_encryption_key: '暗号化パスワードの形式が正しくありません。',
      still_telling: '送信の残っているWebHookがあります。少し待ってからもう一度お試しください。',
    } satisfies Record<TakeoverBlocker | 'still_telling', string>,
    apply: '切り替える',
    applyAgain: '追加分を取り込む',
    undo: '元に戻す',
    finish: '完了する',
    ask: {
      apply: {
        title: 'Tegataに切り替えます',
        question: 'PHP版のプラグインからTegataに切り替えてよろしいですか？',
        clients: (n: number) => `クライアント${times(n)}件を、IDとシークレットを変えずに登録します。`,
        webhooks: (n: number) =>
          n === 0
            ? '引き継ぐWebHookはありません。'
            : `WebHook${times(n)}件の送信を引き継ぎます。プラグインからは送信されなくなります。`,
        tokens: (access: number, refresh: number) =>
          `使用中のアクセストークン${times(access)}件と、リフレッシュトークン${times(refresh)}件は、そのまま使えます。`,
        next: '切り替えたあとで、プラグインのURLをTegataに向けてください。それまでは、プラグインも引き続き応答します。',
        undo: '「完了する」を押すまでは、いつでも元に戻せます。',
      },
      undo: {
        title: 'PHP版のプラグインに戻します',
        question: 'PHP版のプラグインに戻してよろしいですか？',
        clients: (n: number) =>
          `切り替えたあとに変更・登録したクライアント${times(n)}件を、プラグインに反映します。`,
        stays: (name: string) => `「${name}」はプラグインでは扱えないため、反映できません。`,
        webhooks: (n: number) => `WebHook${times(n)}件の送信を、プラグインに戻します。`,
        refresh: 'アプリのリフレッシュトークンは、プラグインでもそのまま使えます。',
        own: (n: number) =>
          `Tegata独自の形式のリフレッシュトークン${times(n)}件は使えなくなり、もう一度許可が必要です。`,
        access:
          'Tegataが発行したアクセストークンは、プラグインでは使えません。アプリは、トークンを更新すると続けられます。',
        next: '戻したあとで、URLをEC-CUBEに向け直してください。',
      },
      finish: {
        title: '切り替えを完了します',
        question: '切り替えを完了してよろしいですか？',
        open: 'これから発行するリフレッシュトークンは、Tegata独自の形式になります。PHP版のプラグインには戻せなくなります。',
        waiting: (n: number) => `まだ引き継いでいないリフレッシュトークン${times(n)}件は、期限まで使えます。`,
        returned: 'プラグインのトークンは、Tegataでは使えなくなります。',
        noUndo: 'この操作は取り消せません。',
      },
    },
  },
};

export const takeoverFlashJa = {
  takeoverApplied: (_count: number) => 'Tegataに切り替えました。プラグインのURLをTegataに向けてください',
  takeoverAppliedBefore: (count: number) =>
    count === 0 ? '新しく取り込むものはありませんでした' : `追加のWebHookを${count}件取り込みました`,
  takeoverUndone: (_count: number) => 'PHP版のプラグインに戻しました。URLをEC-CUBEに向け直してください',
  takeoverFinished: (_count: number) => '切り替えを完了しました',
  takeoverNotDone: (_count: number) => '実行できませんでした。状態を確認してください',
};
