/** Words of 一括処理, in Japanese. */
import type { CsvKind } from '../../../graphql/jobs/csv/csv-job.ts';

export const jobsJa = {
  jobs: {
    title: '一括処理',
    lead: 'アプリや管理画面から受け付けた一括処理です。終了してから7日後に、結果とともに削除されます。',
    none: 'まだ一括処理はありません',
    noneNext: 'アプリが大量の登録や取得を始めるか、ここでCSVファイルを登録すると、進み具合が表示されます。',
    upload: 'CSVファイルを登録する',
    caption: '一括処理の一覧（新しい順）',
    columns: {
      created: '受付日時',
      by: '依頼元',
      what: '内容',
      state: '状態',
      progress: '進み具合',
      ended: '終了日時',
    },
    byStaff: (login: string) => `管理画面（${login}）`,
    goneClient: '削除済みのクライアント',
    dryOf: (kind: string) => `${kind}（確認のみ）`,
    kinds: {
      products: '商品CSV',
      categories: 'カテゴリCSV',
      shippings: '出荷CSV',
    } satisfies Record<CsvKind, string>,
    list: (field: string) => `一覧の取得（${field}）`,
    states: {
      queued: '待機中',
      running: '処理中',
      completed: '完了',
      failed: '失敗',
      cancelled: '中止',
    },
    oneTitle: '一括処理の詳細',
    progressOf: '処理の進み具合',
    done: (done: string, total: string) => `${done} / ${total}件`,
    doneOfUnknown: (done: string) => `${done}件`,
    counts: '結果',
    countsText: (ok: string, failed: string) => `成功 ${ok}件、エラー ${failed}件`,
    started: '開始日時',
    reason: '終了した理由',
    reasons: {
      UNAUTHENTICATED:
        'アプリの許可が終了したか、クライアントが無効になったか、メンバーがシステム管理者でなくなったため、残りは処理されませんでした。',
      FORBIDDEN: '必要なスコープの許可がなくなったため、残りは処理されませんでした。',
      LIMIT: '1件のデータが大きすぎるため、処理できませんでした。',
      TIMEOUT: '1件の取得に時間がかかりすぎるため、処理できませんでした。',
    },
    otherReason: (code: string) =>
      `エラーのため処理できませんでした（${code}）。もう一度お試しのうえ、解決しない場合はサーバーの管理者にお問い合わせください。`,
    refresh: '最新の状態に更新',
    failedRows: 'エラーの内容',
    failedRowsLead: (most: number) => `先頭の${most}件までを表示しています。`,
    failedColumns: { line: '行', message: 'エラーの内容' },
    dryDone: '確認が終わりました。まだ何も登録されていません。',
    dryNext: 'このCSVを登録する画面へ進む',
    result: '結果をダウンロード（JSON Lines）',
    failedFile: 'エラーの行をCSVでダウンロード',
    failedFileHelp: 'エラーの列の内容を見て直し、そのまま登録し直せます。',
    contentsHelp: '結果とエラーの内容を見られるのはシステム管理者だけです。',
    cancel: '中止する',
    cancelNot: '中止しない',
    cancelTitle: '一括処理の中止',
    cancelQuestion: 'この一括処理を中止しますか？',
    cancelEffects: [
      '残りの行は処理されません。中止した処理は再開できません。',
      'すでに処理した行は、そのまま残ります。',
    ],
    back: '一括処理の一覧へ戻る',
    backToOne: '一括処理の詳細へ戻る',
    newTitle: 'CSVファイルの登録',
    newLead:
      'EC-CUBEからダウンロードしたCSVファイルや、同じ形式のCSVファイル（UTF-8またはShift_JIS、100MBまで）を登録します。',
    kind: 'CSVの種類',
    template: (kind: string) => `${kind}の雛形をダウンロード`,
    mode: '処理',
    modes: {
      dry: '確認だけ行う（登録しない）',
      real: '登録する',
    },
    modeHelp:
      'はじめに「確認だけ行う」で、エラーになる行がないかを確かめてください。登録では正しい行だけが保存され、エラーの行は飛ばされます。',
    file: 'CSVファイル',
    fileHelp: '1行目は項目名です。項目の順番は問いません。',
    fileMissing: 'ファイルを選択してください。',
    fileAgain: 'パスワードを入力し、ファイルをもう一度選択してください。',
    full: '実行中の一括処理が多すぎます。しばらくしてからもう一度お試しください。',
    submit: 'アップロード',
  },
};

export const jobsFlashJa = {
  jobTaken: (_count: number) => 'CSVファイルを受け付けました',
  jobCancelled: (_count: number) => '一括処理を中止しました',
  jobOver: (_count: number) => 'この一括処理は既に終わっています',
};
