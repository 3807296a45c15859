/** Words of the frame around every page, and the error pages, in Japanese. */

export const frameJa = {
  common: {
    skipToContent: '本文へ移動',
    footer: 'Tegata — EC-CUBE Web API',
    menu: 'メニュー',
    mainNavigation: '管理メニュー',
    openShop: '新しいタブで開きます',
    required: '必須',
    error: 'エラー',
    copy: 'コピーする',
    copyThis: (what: string) => `${what}をコピーする`,
    copied: 'コピーしました',
    close: '閉じる',
    cancel: 'キャンセル',
    edit: '編集',
    delete: '削除',
    register: '登録',
    createNew: '新規登録',
    enabled: '有効',
    disabled: '無効',
    enable: '有効化',
    disable: '無効化',
    unknown: '不明',
    actions: '操作',
    requestId: 'リクエストID',
    inAuditLog: '監査ログで探す',
    lacksRight:
      'データベースの接続ユーザーに、必要な権限がありません。データベースの管理者に、次の内容を伝えてください。',
    formInvalid: '入力内容に誤りがあります。エラーの箇所を確認してください。',
  },

  menu: {
    setting: '設定',
    api: 'API管理',
    store: 'オーナーズストア',
    plugin: 'プラグイン',
    shopAdmin: 'EC-CUBE管理画面',
  },

  user: {
    name: (name: string) => `${name} 様`,
    lastLogin: '最終ログイン',
    firstLogin: '今回が初めてのログインです',
    logout: 'ログアウト',
  },

  time: {
    seconds: (n: number) => `${n}秒`,
    minutes: (n: number) => `${n}分`,
    hours: (n: number) => `${n}時間`,
    days: (n: number) => `${n}日`,
  },

  errors: {
    kinds: {
      not_accessible: {
        title: 'アクセスできません。',
        text: 'お探しのページはアクセスができない状況にあるか、移動もしくは削除された可能性があります。',
      },
      denied: {
        title: 'この画面を開く権限がありません。',
        text: 'お使いのアカウントの権限では、この画面を開けません。権限が「システム管理者」のメンバーに操作を依頼してください。自分で開けるようにするには、EC-CUBE管理画面の［設定 → システム設定 → 権限管理］で、お使いの権限の拒否URLからこの画面を外してもらいます。',
      },
      not_found: { title: 'ページがみつかりません。', text: 'URLに間違いがないかご確認ください。' },
      throttled: {
        title: 'アクセスできません。',
        text: '試行回数の上限を超過しました。しばらくお待ちいただき、再度お試しください。',
      },
      system: {
        title: 'システムエラーが発生しました。',
        text: '大変お手数ですが、サイト管理者までご連絡ください。',
      },
      unavailable: {
        title: 'ただいまご利用いただけません。',
        text: '一時的に応答できない状態です。しばらくお待ちいただき、再度お試しください。',
      },
      csrf: {
        title: 'ページの有効期限が切れました。',
        text: '画面を開いてから時間がたったか、ログインし直されています。前のページを再読み込みして、もう一度送信してください。',
      },
      login_required: {
        title: 'ログインが必要です。',
        text: 'ログアウトしたか、操作のない時間が続いたため、ログインし直してください。',
      },
      system_admin_only: {
        title: 'この操作はシステム管理者だけが行えます。',
        text: 'アプリや外部サービスに、ショップの情報を使えるようにする操作です。権限がシステム管理者のメンバーに依頼してください。',
      },
      address_refused: {
        title: 'アクセスできません。',
        text: 'お使いのネットワークからは、この管理画面を利用できません。',
      },
      api_disabled: {
        title: 'Web APIは無効です。',
        text: 'このショップのWeb APIは現在停止しています。プラグイン一覧から有効化できます。',
      },
    },
    requestIdUse:
      'サーバーのログでこのアクセスを特定するための番号です。サーバーの管理者に問い合わせるときにお伝えください。',
    toLogin: 'ログイン画面へ',
    toHome: 'ホームへ',
  },
};
