/** Words of APIエクスプローラー, in Japanese. */
export const explorerJa = {
  explorer: {
    title: 'APIエクスプローラー',
    lead: (minutes: number) =>
      `ブラウザからAPIを試せます。操作できる内容を選び、認可画面で許可すると、${minutes}分間だけ使えるアクセストークンを取得します。`,
    fetchTitle: 'トークンを取得して始める',
    fetch: 'トークンを取得',
    tokenTitle: 'お持ちのトークンで始める',
    walkedTitle: '取得したトークンでAPIを試す',
    token: 'アクセストークン',
    tokenHelp: 'アプリなどで取得したトークンも貼り付けられます。この画面を閉じると消えます。',
    open: 'このトークンで開く',
    fetched: (minutes: number) =>
      `トークンを取得しました。${minutes}分間使えます。書き込みを許可した場合、実行した内容はショップのデータに反映されます。`,
    refused: 'トークンを取得できませんでした。もう一度お試しください。',
    needsScript: 'APIエクスプローラーを使うには、ブラウザのJavaScriptを有効にしてください。',
  },
};
