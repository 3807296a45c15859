/** Words of the WebHook form in Japanese. */

export const webhookFormJa = {
  webhookForm: {
    title: 'WebHook登録',
    secret: 'シークレット',
    secretHelp:
      'この値で通知に署名し（HMAC-SHA256）、X-ECCUBE-Signatureヘッダーで送ります。受信側は同じ値を使って、このショップからの通知か確かめられます。',
    secretKept: '設定済みです。変更する場合のみ入力してください。',
    secretMake: 'シークレットを作成',
    secretMade:
      'シークレットを作成しました。この画面を閉じると、もう表示できません。コピーして受信側に設定し、「登録」を押してください。',
    secretOverlap:
      '変更すると、24時間は前のシークレットによる署名も一緒に送信します（webhook-signatureヘッダー）。X-ECCUBE-Signatureヘッダーは、すぐに新しいシークレットの署名になります。',
    secretFormer: (until: string) => `前のシークレットによる署名も、${until} まで送信します。`,
    secretEndFormer: '前の値による署名をすぐにやめる（漏えいした場合など）',
    urlHelp: '例：https://example.com/webhook　インターネットから接続できるURLを入力してください。',
    urlPlain: 'http:// のURLには、暗号化されずに送信されます。https:// で始まるURLをお勧めします。',
    secretClear: '署名しない（登録済みの値を削除する）',
    description: 'メモ',
    descriptionHelp: '何のための送信先かを、管理用に記録できます。通知には含まれません。',
    events: '通知する変更',
    eventsHelp: '選択しない場合は、すべての変更を通知します。',
    entities: { product: '商品', order: '受注', customer: '会員' },
    actions: { created: '登録', updated: '更新', deleted: '削除' },
    statuses: '受注の対応状況',
    statusesHelp:
      '選択した対応状況の受注だけを通知します。選択しない場合は、すべての受注を通知します。削除は、対応状況に関係なく通知します。',
    ownChanges: '自分の更新は通知しない',
    ownChangesTold: '指定しない（すべての更新を通知する）',
    ownChangesHelp:
      '通知を受け取る連携のAPIクライアントを選択すると、その連携がAPIで行った更新は通知しません。同じ商品や受注でも、管理画面やほかの連携による更新は通知します。',
    faults: {
      blank: '入力されていません。',
      not_a_url: 'URLの形式が正しくありません。',
      not_http: 'http:// または https:// で始まるURLを入力してください。',
      private:
        '社内ネットワークなどの非公開アドレスには送信できません。送信する必要がある場合は、サーバーの管理者に、環境変数 TEGATA_WEBHOOK_ALLOW への追加を依頼してください。',
      secretShort: '値が短すぎます。16文字以上でなければなりません。',
      tooLong: (most: number) => `値が長すぎます。${most}文字以内でなければなりません。`,
      unknown: '選択した値は無効です。',
    },
  },
};
