/** Words of APIエクスプローラー, in Japanese. */
import type { SampleName } from '../../explorer/sample-queries.ts';

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
    tokenHelp:
      'アプリなどで取得したトークンも貼り付けられます。貼り付けたトークンは、この画面を閉じると消えます。',
    open: 'このトークンで開く',
    fetched: (minutes: number) =>
      `トークンを取得しました。${minutes}分間使えます。書き込みを許可した場合、実行した内容はショップのデータに反映されます。`,
    refused: 'トークンを取得できませんでした。もう一度お試しください。',
    keptUntil: (when: string) =>
      `取得したトークンは${when}まで使えます。画面を再読み込みしても、そのまま続けられます。`,
    forget: 'トークンを破棄',
    samples: 'クエリの例',
    sampleNames: {
      products: '商品と在庫',
      orders: '受注',
      customers: '会員',
      schema: '使える操作の一覧',
    } satisfies Record<SampleName, string>,
    /** What GraphiQL says in English, in the page's language. */
    graphiql: {
      'Show Documentation Explorer': 'APIの説明を開く',
      'Hide Documentation Explorer': 'APIの説明を閉じる',
      'Show History': '履歴を開く',
      'Hide History': '履歴を閉じる',
      'Re-fetch GraphQL schema': 'スキーマを読み込み直す',
      'Open short keys dialog': 'キーボードショートカット',
      'Open settings dialog': '設定',
      '<untitled>': '無題',
      'New tab': '新しいタブ',
      'Close Tab': 'タブを閉じる',
      'Select active operation': '操作の選択',
      'Execute query (Ctrl-Enter)': '実行（Ctrl-Enter）',
      'Stop query': '中止',
      'Prettify query (Shift-Ctrl-P)': '整形（Shift-Ctrl-P）',
      'Merge fragments into query (Shift-Ctrl-M)': 'フラグメントをまとめる（Shift-Ctrl-M）',
      'Copy query (Shift-Ctrl-C)': 'クエリをコピー（Shift-Ctrl-C）',
      'Copy query': 'クエリをコピー',
      'Show editor tools': '変数の欄を開く',
      'Hide editor tools': '変数の欄を閉じる',
      'Editor Commands': '編集の操作',
      'Operation Editor': 'クエリの編集欄',
      'Operation Response': '応答',
      'Query Editor': 'クエリの編集欄',
      'Response Editor': '応答',
      'Result Window': '応答',
      Variables: '変数',
      Docs: 'APIの説明',
      'Documentation Explorer': 'APIの説明',
      'Root Types': '操作の種類',
      'Search Docs...': 'APIの説明を検索',
      'All Schema Types': 'すべての型',
      'A GraphQL schema provides a root type for each kind of operation.':
        '操作の種類ごとに、最初の型があります。',
      History: '履歴',
      Settings: '設定',
      'Short Keys': 'キーボードショートカット',
      Theme: 'テーマ',
      'Clear storage': '保存した内容の消去',
    } as Readonly<Record<string, string>>,
    needsScript: 'APIエクスプローラーを使うには、ブラウザのJavaScriptを有効にしてください。',
  },
};
