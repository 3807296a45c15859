/** Words of the consent, and where an authorization ends otherwise, in Japanese. */
import type { PageReason } from '../../../oauth/rules/authorize-request.ts';

type Pieces<T> = (T | string)[];

export const authorizeJa = {
  consent: {
    headline: <T>(shop: T): Pieces<T> => ['アプリから', shop, 'へのアクセスを許可しますか？'],
    app: 'アプリ',
    returnsTo: '許可後の移動先',
    allow: 'このアプリに以下を許可します：',
    scopes: {
      read: <T>(shop: T): Pieces<T> => [shop, 'のデータに対する読み取り（顧客の個人情報を含みます）'],
      write: <T>(shop: T): Pieces<T> => [shop, 'のデータに対する書き込み'],
      'read:products': <T>(shop: T): Pieces<T> => [shop, 'の商品・在庫・カテゴリの参照'],
      'read:orders': <T>(shop: T): Pieces<T> => [
        shop,
        'の受注・出荷の参照（注文者・お届け先の個人情報を含みます）',
      ],
      'read:customers': <T>(shop: T): Pieces<T> => [shop, 'の会員の参照（顧客の個人情報を含みます）'],
      'write:stock': <T>(shop: T): Pieces<T> => [shop, 'の在庫の更新'],
      'write:shipping': <T>(shop: T): Pieces<T> => [shop, 'の出荷の登録'],
      'read:orders:minimal': <T>(shop: T): Pieces<T> => [
        shop,
        'の受注の番号・明細・金額・対応状況の参照（氏名・住所などの個人情報は含みません）',
      ],
      'write:products': <T>(shop: T): Pieces<T> => [shop, 'の商品の登録・更新'],
      'write:orders': <T>(shop: T): Pieces<T> => [shop, 'の受注の登録・更新と対応状況の変更'],
      'write:customers': <T>(shop: T): Pieces<T> => [shop, 'の会員の登録・更新'],
      webhooks: <T>(shop: T): Pieces<T> => [
        shop,
        'の変更を、アプリが指定したURLへ通知し続けること（読み取りを許可した範囲のデータを送ります）',
      ],
    },
    otherScope: <T>(scope: string, shop: T): Pieces<T> => [shop, `に対する「${scope}」`],
    as: '許可する人',
    asMember: (name: string, loginId: string) => `${name}（${loginId}）`,
    notYou: '別のユーザーでログイン',
    duration: '許可の期間',
    once: (access: string) => `${access}。期限が切れたら、もう一度許可が必要です。`,
    refreshable: (refresh: string) =>
      `最後に使われてから${refresh}。アプリが使い続ける間は延長されます。連携アプリの画面でいつでも終了できます。`,
    approve: '許可する',
    deny: '許可しない',
  },

  notAllowed: {
    title: 'このアカウントではアプリを許可できません',
    text: (name: string) =>
      `${name} 様には、アプリにアクセスを許可する権限がありません。許可できるのは「システム管理者」だけです。`,
    how: '許可するには、次のいずれかを行ってください。',
    steps: [
      'システム管理者のメンバーに、このアプリの連携を依頼する。',
      'EC-CUBE管理画面の［設定 → システム設定 → メンバー管理］で、権限を「システム管理者」に変更してもらう。',
    ],
    back: 'アプリに戻る',
  },

  answered: {
    title: 'このリクエストは回答済みです',
    approved: 'このリクエストは既に許可されています。アプリの画面に戻ってください。',
    denied: 'このリクエストは既に「許可しない」と回答されています。',
    again: 'もう一度連携するときは、アプリから操作をやり直してください。',
  },

  authorizeErrors: {
    title: 'アプリと連携できません',
    whatToDo: '対処方法',
    reasons: {
      'client-unknown': {
        text: 'このクライアントIDは登録されていません。',
        next: 'アプリに設定したclient_idが、OAuth管理のクライアントIDと同じか確認してください。',
      },
      'client-disabled': {
        text: 'このクライアントは無効になっています。',
        next: 'ショップの管理者が、OAuth管理でクライアントを有効にする必要があります。',
      },
      'client-missing': {
        text: 'リクエストにclient_idがないか、2回以上指定されています。',
        next: 'アプリの認可URLにclient_idを1つだけ付けてください。',
      },
      'request-too-long': {
        text: '認可URLが長すぎます（「?」より後ろは5,000バイトまで）。',
        next: 'アプリから送るstateなどのパラメーターを短くしてください。stateは4,000バイトまで使えます。',
      },
      'redirect-missing': {
        text: 'リクエストにredirect_uriがありません。',
        next: 'アプリの認可URLに、登録済みのリダイレクトURIを付けてください。',
      },
      'redirect-mismatch': {
        text: 'リダイレクトURIが、登録されているものと一致しません。',
        next: 'アプリから送られたredirect_uriを、OAuth管理に登録したものと1文字単位で同じにしてください。',
      },
      'request-gone': {
        text: 'この認可リクエストは見つからないか、期限が切れています。',
        next: 'アプリに戻り、連携の操作を最初からやり直してください。',
      },
    } satisfies Record<PageReason | 'request-gone', unknown>,
    misfit: {
      title: (client: string) => `クライアント「${client}」のリダイレクトURI`,
      sent: 'アプリから送られたURI',
      registered: '登録されているURI',
      notOne: '送られていないか、2つ以上送られました。',
      none: '登録されていません。',
      add: '送られたURIがこのアプリのものであることを確かめてから、クライアントの設定の「リダイレクトURI」に追加してください。',
      toClient: 'クライアントの設定を開く',
      onlyYou: 'この欄は、ログイン中のシステム管理者にだけ表示されています。',
    },
  },

  goingOn: {
    title: 'アプリに戻ります',
    text: (client: string) =>
      `「${client}」からのリクエストに誤りがあるため、アプリに結果を知らせます。自動的に移動しない場合は、ボタンを押してください。`,
    go: 'アプリに戻る',
  },
};
