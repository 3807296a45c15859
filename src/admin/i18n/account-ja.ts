/** Words of the pages about a member's own account, in Japanese: second step, 2段階認証 設定, sessions, password. */

export const accountJa = {
  secondStep: {
    title: '2段階認証',
    lead: '認証アプリに表示されている6桁のトークンを入力してください。',
    code: 'トークン',
    submit: '認証',
    wrong: 'トークンに誤りがあります。再度入力してください。',
    malformed: 'トークンに誤りがあります。数字6桁で入力してください。',
    lost: 'スマートフォンが手元にないときは、保管しておいたリカバリーコードを1つ入力してください。',
    leave: 'ログイン画面に戻る',
  },

  enrolment: {
    title: '2段階認証の設定',
    demanded: 'このアカウントでは2段階認証が必要です。次の手順で認証アプリを登録してください。',
    app: '1. 認証アプリを用意する',
    appHelp:
      'スマートフォンに、Google AuthenticatorやMicrosoft Authenticatorなどの認証アプリを入れてください。',
    scan: '2. QRコードを読み取る',
    qr: '認証アプリに登録するためのQRコード',
    key: 'QRコードを読み取れないときに入力するキー',
    prove: '3. アプリに表示された6桁の数字を入力する',
  },

  recovery: {
    title: 'リカバリーコード',
    once: 'リカバリーコードはこの画面でしか表示されません。今すぐ印刷するか、安全な場所に控えてください。',
    help: 'スマートフォンをなくしたときは、認証アプリのトークンの代わりに、ここにあるコードでログインできます。1つのコードは1回だけ使えます。',
    print: '印刷する',
    kept: '控えたので次へ進む',
  },

  confirm: {
    title: 'パスワードの確認',
    lead: '安全のため、パスワードをもう一度入力してください。',
    password: '現在のパスワード',
    submit: '次へ',
    wrong: 'パスワードが違います。もう一度入力してください。',
  },

  twoFactor: {
    title: '2段階認証 設定',
    on: '設定済み',
    state: '状態',
    onText: 'ログインのとき、パスワードの次に認証アプリのトークンを入力します。',
    unavailable: 'このショップでは2段階認証を利用できません。',
    left: '残りのリカバリーコード',
    leftCount: (n: number) => `${n}個`,
    leftFew: '残りが少なくなっています。新しいリカバリーコードを作ってください。',
    newCodes: '新しいリカバリーコードを作る',
    newCodesHelp: '新しく作ると、今までのリカバリーコードは使えなくなります。',
    remove: '2段階認証を解除',
    removeHelp:
      '解除すると、次からはパスワードだけでログインできるようになります。スマートフォンを買い替えたときは、解除してからもう一度設定してください。ほかの端末はログアウトされます。',
  },

  sessions: {
    title: 'ログイン中の端末',
    lead: '身に覚えのない端末があるときは、ログアウトさせてから、パスワードを変更してください。',
    caption: 'ログイン中の端末の一覧',
    browser: '端末',
    since: 'ログイン日時',
    lastSeen: '最終操作',
    address: 'IPアドレス',
    current: 'この端末',
    end: 'ログアウトさせる',
    endThis: (browser: string) => `${browser}をログアウトさせる`,
    endOthers: 'この端末以外をすべてログアウトさせる',
    onlyThis: 'ほかにログイン中の端末はありません。',
    on: (browser: string, system: string) => `${browser}（${system}）`,
    unknown: '不明なブラウザ',
  },

  accountNews: {
    title: '前回のログインより後に、あなたのアカウントで次のことがありました。',
    failed: (n: number, last: string) => `ログインの失敗：${n}回（最後は${last}）`,
    from: (at: string, ip: string) => `${at}、${ip}から`,
    notYou: '心当たりがないときは、パスワードを変更し、2段階認証を設定してください。',
  },

  password: {
    title: 'パスワード変更',
    current: '現在のパスワード',
    next: '新しいパスワード',
    nextHelp: '12〜64文字。長いほど安全です。ログインIDとショップ名は含められません。',
    again: '新しいパスワード（確認）',
    endGrants: '自分が許可したアプリの連携もすべて終了する',
    endGrantsHelp:
      'パスワードを他人に知られたおそれがあるときは選んでください。アプリはもう一度許可するまで使えなくなります。',
    effect: '変更すると、ほかの端末はすべてログアウトされます。',
    submit: '変更する',
    faults: {
      length: '12文字以上、64文字以下で入力してください。',
      characters: '改行などの制御文字は使えません。',
      common: 'よく使われるパスワードのため、使えません。別のものにしてください。',
      'login-id': 'ログインIDを含むパスワードは使えません。',
      'shop-name': 'ショップ名を含むパスワードは使えません。',
      different: '2つの新しいパスワードが一致しません。',
      wrong: '現在のパスワードが違います。',
    },
  },
};
