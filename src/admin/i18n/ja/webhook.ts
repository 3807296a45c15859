/** Words of WebHook管理 in Japanese: endpoints, their log of deliveries, the change feed behind them. */
import type { FeedStatus, TriggerState } from '../../../feed/store/triggers.ts';
import type { Standing } from '../../../webhook/store/delivery-log.ts';
import type { PauseReason } from '../../../webhook/store/webhook-row.ts';

export const webhookJa = {
  webhooks: {
    title: 'WebHook管理',
    caption: '登録されているWebHook',
    none: 'WebHookが登録されていません',
    noneNext: '登録すると、商品・受注・会員が変更されるたびに、指定したURLへ通知を送信します。',
    payloadUrl: 'Payload URL',
    enabled: '有効/無効',
    events: '通知する変更',
    state: '送信状態',
    lastSuccess: '最終送信成功',
    never: 'なし',
    everything: 'すべて',
    chosen: (n: number) => `${n}種類`,
    editThis: (url: string) => `${url}を編集`,
    deleteThis: (url: string) => `${url}を削除`,
    log: '送信履歴',
    logOf: (url: string) => `${url}の送信履歴`,
    feedMissing:
      '変更フィードが設置されていないため、変更が検知されず、WebHookは送信されません。先に変更フィードを設置してください。',
    feedBroken:
      '変更フィードの一部が失われているか、書き換えられています。このままでは、送信されない変更があります。',
    toFeed: '変更フィードを開く',
    states: {
      ok: '正常',
      waiting: '未送信',
      failing: '失敗中',
      paused: '停止中',
      gone: '受信停止',
      off: '—',
    },
  },

  takeOver: {
    title: 'Web APIプラグイン（PHP版）のWebHook',
    lead: 'PHP版のプラグインに、次のWebHookが登録されています。取り込むと、URL・シークレット・有効/無効の設定を引き継ぎます。',
    unfit: '次のURLには送信できないため、取り込みません。',
    button: '取り込む',
    doubled:
      'PHP版のWeb APIプラグインが有効です。取り込んだあとは両方から送信され、通知が重複します。先にEC-CUBEの管理画面でプラグインを無効にしてください。',
    stillEnabled: 'PHP版のWeb APIプラグインが有効です。同じ送信先を両方に登録していると、通知が重複します。',
  },

  webhook: {
    state: '送信状態',
    ok: '送信できています。',
    waiting: 'まだ送信していません。',
    lastSuccess: (at: string) => `最後に送信できたのは ${at} です。`,
    failing: (since: string) => `${since} から送信に失敗しています。間隔を空けて自動的に再送しています。`,
    lastError: '直近のエラー',
    off: '無効になっているため、送信していません。無効の間に起きた変更は、有効にしても送信されません。',
    pausedFor: {
      failing: (at: string) =>
        `長時間失敗が続いたため、${at} に送信を停止しました。受信側を確認し、送信を再開してください。`,
      gone: (at: string) =>
        `受信側が「410 Gone」（受信の終了）を返したため、${at} に無効にしました。送信を続けるには、上の「有効」を選んで登録し直してください。`,
      access: (at: string) =>
        `登録したAPIクライアントの権限（許可・スコープ）がなくなったため、${at} に送信を停止しました。権限を戻してから、送信を再開してください。`,
      staff: (at: string) => `${at} に管理画面から送信を停止しました。`,
    } satisfies Record<PauseReason, (at: string) => string>,
    nothingLost:
      '停止中の変更は保存され、再開すると停止した時点から順に送信します（変更の保存期間は7日間です）。',
    lost: (before: string) =>
      `停止が長引いたため、${before} より前の変更の一部は、送信されないまま保存期間（7日間）を過ぎて削除されました。再開しても送信されません。受信側で、データを取得し直してください。`,
    ownedBy: 'この送信先は、APIクライアントが自分で登録しました。',
    openOwner: 'APIクライアントを開く',
    query: '変更ごとに実行するクエリ',
    pause: '送信を停止する',
    resume: '送信を再開する',
    test: '送信テスト',
    testHelp:
      '選択した変更の見本（IDは1）を保存済みの設定で1回送信し、送信した内容と応答を表示します。送信履歴には残りません。',
    testTopic: '送信する変更',
    testButton: '送信テスト',
    log: '送信履歴',
    logCounts: (delivered: string, pending: string, retrying: string, failed: string) =>
      `送信済み${delivered}件、送信待ち${pending}件、再試行中${retrying}件、失敗${failed}件`,
    openLog: '送信履歴を見る',
    deleteTitle: 'WebHookの削除',
    deleteHelp: '送信待ちの通知と送信履歴も削除されます。元に戻せません。',
    deletion: 'WebHookを削除します',
    deletionQuestion: 'WebHookを削除してもよろしいですか？',
    deletionEffect: (n: number, text: string) =>
      n === 0
        ? 'まだ届いていない通知はありません。送信履歴も削除されます。'
        : `まだ届いていない通知${text}件は送信されなくなります。送信履歴も削除されます。`,
    testTitle: '送信テストの結果',
    testGood: (status: number, ms: string) => `受信されました（HTTP ${status}、${ms}）。`,
    testBad: (what: string, ms: string) => `受信されませんでした。${what}、${ms}`,
    backToWebhook: 'WebHook登録',
  },

  deliveries: {
    title: '送信履歴',
    caption: '送信履歴（新しい順）',
    none: '送信履歴はまだありません。',
    noneOfState: 'この状態の通知はありません。',
    all: 'すべて',
    filter: '状態で絞り込む',
    count: (n: string) => `${n}件`,
    createdAt: '作成日時',
    content: '内容',
    state: '状態',
    attempts: '試行回数',
    answer: '応答',
    took: '所要時間',
    ms: (n: string) => `${n}ミリ秒`,
    more: (n: number) => `ほか${n}件`,
    noAnswer: '応答なし',
    open: '詳細',
    openThis: (at: string) => `${at}の通知の詳細`,
    states: {
      pending: '送信待ち',
      retrying: '再試行中',
      delivered: '送信済み',
      failed: '失敗',
      cancelled: '取り消し',
    } satisfies Record<Standing, string>,
    retrying: (attempts: number, next: string) => `再試行中（${attempts}回目、次は ${next}）`,
    retryingPaused: (attempts: number) => `再試行中（${attempts}回目、送信停止中）`,
    resendFailed: (n: string) => `再試行中・失敗・取り消しの通知をすべて今すぐ再送（${n}件）`,
    keeping: '送信済みの通知は7日間、失敗した通知は30日間保存されます。',
  },

  delivery: {
    title: '送信の詳細',
    id: '通知ID（webhook-id）',
    lastAttempt: '最後の試行',
    nextAttempt: '次の試行',
    paused: '送信を再開したあと',
    attempts: '試行の記録',
    attemptsCaption: '試行の記録（新しい順）',
    attemptNo: '回',
    attemptAt: '日時',
    answerText: '応答の内容',
    showAnswer: (n: number) => `${n}回目の応答を表示`,
    giveUp: '再送の期限',
    error: 'エラー',
    body: '送信内容',
    request: 'リクエスト',
    response: '応答',
    notYet: 'まだ送信していません。',
    resend: '再送する',
    resendHelp: '同じ内容を同じ通知IDで、すぐに送信し直します。',
    resendNow: '今すぐ再送する',
    resendNowHelp: '次の試行を待たずに、同じ内容を同じ通知IDで送信します。',
  },

  feed: {
    title: '変更フィード',
    lead: 'ショップのテーブルに設置したトリガーが、商品・受注・会員の変更を記録します。EC-CUBEの管理画面、購入、CSV登録、SQLなど、どこから行われた変更も漏れなく検知します。',
    state: '状態',
    states: {
      installed: '設置済み',
      absent: '未設置',
      outdated: '以前のバージョンのもの',
      broken: '要確認',
    } satisfies Record<FeedStatus['state'], string>,
    triggers: 'トリガー',
    triggerCount: (good: number, all: number) => `${all}個中${good}個が正常`,
    skipped: '対象外のテーブル',
    skippedHelp: 'このショップにないため、監視していません。',
    sizes: 'テーブルの行数',
    changes: '処理待ちの変更',
    kept: '保存中の変更（7日間）',
    deliveries: '通知',
    head: '最新の変更番号',
    rows: (n: string) => `${n}行`,
    install: '設置する',
    repair: '修復する',
    remove: '取り外す',
    wrong: '正常でないトリガー',
    trigger: 'トリガー名',
    table: 'テーブル',
    triggerStates: {
      ok: '正常',
      missing: 'ありません',
      outdated: '以前のバージョンのもの（動作しています）',
      unread: '設置済み（内容を読む権限がありません）',
      changed: '内容が書き換えられています',
      off: '無効にされています',
      foreign: '不要なトリガーです',
    } satisfies Record<TriggerState['state'], string>,
    installTitle: '変更フィードを設置します',
    installText: 'ショップのデータベースに、次の変更を加えます。',
    installEffects: [
      '商品・受注・会員に関するテーブルに、変更を記録するトリガーを追加します。',
      'テーブルの定義と登録済みのデータは変更しません。',
      '監視するテーブルへの書き込みごとに、記録用の行が1行追加されます。',
      'いつでも取り外せます。取り外すと、ショップのテーブルには何も残りません。',
    ],
    removeTitle: '変更フィードを取り外します',
    removeText: '取り外すと、次のようになります。',
    served: (n: number) =>
      n === 0 ? '有効なWebHookはありません。' : `有効なWebHook${n}件への通知が止まります。`,
    removeEffects: [
      'ショップのテーブルから、Tegataのトリガーをすべて削除します。',
      '取り外している間の変更は記録されず、あとから送信することもできません。',
      'WebHook、GraphQLのchanges、/api/changesには、新しい変更が届かなくなります。',
    ],
    failed: 'データベースが操作を受け付けませんでした。次のメッセージを確認してください。',
    failedNext:
      'データベースの利用者に権限がない場合は、権限のある利用者を指定してコマンド「tegata feed install」または「tegata feed remove」を実行してください。',
  },

  webhookErrors: {
    words: {
      noAnswer: '時間内に応答がありませんでした',
      noConnection: '時間内に接続できませんでした',
      addressRefused: '送信を許可されていない宛先です',
      connectionRefused: '接続を拒否されました',
      unknownHost: 'ホスト名が見つかりません',
      cut: '接続が途中で切断されました',
      certificate: 'サーバー証明書を確認できませんでした',
    },
    said: (words: string, error: string) => `${words}（${error}）`,
  },

  webhookTrouble: {
    title: 'WebHookの送信に問題があります',
    paused: (since: string) => `${since} に送信を停止しました`,
    gone: (since: string) => `${since} に受信側が受信を終了しました`,
    failing: (since: string) => `${since} から失敗しています`,
    open: '確認する',
  },
};

export const webhookFlashJa = {
  webhookHostUnknown: (_count: number) =>
    '保存しましたが、Payload URLのホスト名が見つかりません。入力に誤りがないか確認してください',
  webhookPaused: (_count: number) => '送信を停止しました',
  webhookResumed: (_count: number) => '送信を再開しました',
  webhookResumedLate: (_count: number) =>
    '送信を再開しました。停止中の変更のうち、保存期間（7日間）を過ぎたものは送信されません。受信側で、データを取得し直してください',
  webhooksTakenOver: (count: number) => `WebHookを${count}件取り込みました`,
  deliveriesResent: (count: number) =>
    count === 0 ? '再送する通知はありませんでした' : `${count}件の通知を再送します`,
  feedInstalled: (_count: number) => '変更フィードを設置しました',
  feedRemoved: (_count: number) => '変更フィードを取り外しました',
};

export const webhookEventsJa = {
  webhook_created: 'WebHookを登録しました',
  webhook_updated: 'WebHookを変更しました',
  webhook_deleted: 'WebHookを削除しました',
  webhook_paused: 'WebHookの送信を停止しました',
  webhook_resumed: 'WebHookの送信を再開しました',
  webhook_tested: 'WebHookの送信テストを行いました',
  webhook_resent: 'WebHookの通知を再送しました',
  webhooks_taken_over: 'PHP版プラグインのWebHookを取り込みました',
  takeover_applied: 'PHP版プラグインから切り替えました',
  takeover_undone: 'PHP版プラグインに戻しました',
  takeover_finished: 'PHP版プラグインとの切り替えを完了しました',
  feed_installed: '変更フィードを設置しました',
  feed_removed: '変更フィードを取り外しました',
};
