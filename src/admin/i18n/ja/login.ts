/** Words of the login, in Japanese. */

export const loginJa = {
  login: {
    title: 'ログイン',
    loginId: 'ログインID',
    password: 'パスワード',
    submit: 'ログイン',
    failed: 'ログインできませんでした。入力内容に誤りがないかご確認ください。',
    throttled: (minutes: number) => `ログイン試行回数が多すぎます。${minutes}分後に再度お試しください。`,
    forRequest: (client: string) => `「${client}」との連携を続けるには、ログインしてください。`,
    signOn: 'EC-CUBEの管理画面のログインで続ける',
  },
  linkRefused: {
    title: 'EC-CUBEの管理画面のログインで続けられませんでした',
    reasons: {
      malformed: 'EC-CUBEから届いたチケットを読み取れませんでした。',
      foreign:
        'EC-CUBEとTegataの設定が合っていません。EC-CUBEのプラグイン「tegata-link」の設定（URLと共有の秘密）を、管理者に確認してもらってください。',
      expired: 'チケットの有効時間（30秒）が過ぎました。もう一度お試しください。',
      clock: 'EC-CUBEとTegataのサーバーの時計が合っていません。管理者に連絡してください。',
      browser:
        'このブラウザで始めたログインではないか、始めてから時間がたちすぎています。もう一度お試しください。',
      used: 'このチケットは使用済みです。もう一度お試しください。',
      inactive: 'EC-CUBEのメンバーが見つからないか、非稼働になっています。管理者に連絡してください。',
    },
    again: 'もう一度試す',
    toLogin: 'ログインIDとパスワードでログイン',
  },
};
