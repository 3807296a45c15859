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
  },
};
