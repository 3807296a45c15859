/** Words of 連携アプリ, in Japanese. */
import type { Scope } from '../../../oauth/rules/scope.ts';

export const appsJa = {
  apps: {
    title: '連携アプリ',
    lead: 'このショップのデータを使うことを許可されているアプリの一覧です。使っていないアプリや、覚えのないアプリは連携を終了してください。',
    search: 'アプリ名・ログインIDで検索',
    caption: '連携中のアプリの一覧',
    app: 'アプリ',
    who: '許可した人',
    itself: 'アプリ自身（無人の連携）',
    scopes: '許可した内容',
    scopeWords: {
      read: 'データの読み取り',
      write: 'データの書き込み',
      'read:products': '商品・在庫の参照',
      'read:orders': '受注・出荷の参照',
      'read:customers': '会員の参照',
      'write:stock': '在庫の更新',
      'write:shipping': '出荷の登録',
    } satisfies Record<Scope, string>,
    since: '許可日時',
    lastUsed: '最終利用',
    never: 'まだ使われていません',
    from: (ip: string) => `${ip}から`,
    calls: '呼び出した内容',
    noCalls: '記録なし',
    call: (operation: string, count: string) => `${operation}：${count}回`,
    moreCalls: (n: number) => `ほか${n}種類`,
    tokens: '有効なトークン',
    tokenCount: (n: string) => `${n}個`,
    end: '連携を終了',
    endThis: (app: string, who: string) => `「${app}」（${who}）の連携を終了`,
    endHelp: '連携を終了すると、アプリはすぐにデータを使えなくなります。もう一度許可すると再開できます。',
    none: '連携中のアプリはありません',
    noneNext: 'メンバーがアプリの認可画面で「許可する」を選ぶと、ここに表示されます。',
  },
};
