/** Words of the pages that ask before an act, in Japanese: what it ends, in numbers, and whether it can be taken back. */
import type { KeyState } from '../../../oauth/keys/keyring.ts';

const times = (n: number) => n.toLocaleString('en-US');

export const asksJa = {
  asks: {
    /** Of a client or one approval. */
    usedInDay: (n: number) =>
      n === 0 ? '直近の24時間には使われていません。' : `直近の24時間で${times(n)}回使われています。`,
    apiUsedInDay: (n: number) =>
      n === 0
        ? 'APIは、直近の24時間には使われていません。'
        : `APIは、直近の24時間で${times(n)}回使われています。`,
    disable: {
      title: 'クライアントを無効にします',
      question: (name: string) => `「${name}」を無効にしてよろしいですか？`,
      effect: '無効にすると、このアプリはすぐに連携できなくなります。',
      undo: 'いつでも有効に戻せます。発行済みのトークンは、期限内ならまた使えるようになります。',
      submit: '無効にする',
    },
    secret: {
      title: '新しいシークレットを発行します',
      question: (name: string) => `「${name}」の新しいシークレットを発行してよろしいですか？`,
      effect:
        '発行したら、アプリの設定を新しいシークレットに差し替えてください。差し替えるまでの間、今のシークレットも使えるようにできます。',
      oldest: '古いほうのシークレットは、発行と同時に使えなくなります（同時に使えるのは2つまでです）。',
      submit: '発行する',
    },
    endSecret: {
      title: 'シークレットを無効にします',
      question: (made: string) => `${made}に発行したシークレットを無効にしてよろしいですか？`,
      used: (when: string) => `このシークレットの最終利用は${when}です。`,
      unused: 'このシークレットはまだ使われていません。',
      effect:
        '無効にすると、このシークレットを設定しているアプリはトークンを取得できなくなります。ほかのシークレットには影響しません。',
      noUndo: '無効にしたシークレットは元に戻せません。必要なときは新しく発行してください。',
      submit: '無効にする',
    },
    endGrant: {
      title: '連携を終了します',
      question: (app: string, who: string) => `「${app}」（${who}）の連携を終了してよろしいですか？`,
      effect: '終了すると、アプリはすぐにデータを使えなくなります。',
      undo: '再開するには、アプリの認可画面でもう一度許可してください。',
      undoItself:
        'アプリは新しいトークンを取得して再開できます。止めるときは、クライアントを無効にしてください。',
      submit: '連携を終了',
    },
    rotate: {
      title: '署名鍵を切り替えます',
      question: '署名鍵を切り替えてよろしいですか？',
      undo: '切り替える前の鍵に戻すことはできませんが、発行済みのトークンは期限まで使えます。',
      submit: '鍵を切り替える',
    },
    retire: {
      title: '古い署名鍵を削除します',
      question: (n: number) => `古い鍵${n}個を削除してよろしいですか？`,
      effect: 'この鍵で署名したトークンは、すべて期限が切れています。使用中のアプリには影響しません。',
      noUndo: '削除した鍵は元に戻せません。',
      submit: '削除',
    },
    retireNow: {
      title: '署名鍵を今すぐ無効にします',
      question: 'この鍵を今すぐ無効にしてよろしいですか？鍵が盗まれたおそれがあるときに使います。',
      which: (kid: string, state: string) => `無効にする鍵：${kid}（${state}）`,
      tokens: (n: string) =>
        n === '0'
          ? 'この鍵で署名した有効なアクセストークンはありません。'
          : `この鍵で署名した有効なアクセストークン${n}件が、すぐに使えなくなります。`,
      goOn: 'アプリの連携は切れません。リフレッシュトークンを使うアプリは、新しいトークンを取得して動き続けます。使わないアプリでは、もう一度承認が必要です。',
      replaced: {
        current: '「次に使う鍵」がすぐに使用中になり、新しい「次に使う鍵」を作ります。',
        next: '新しい「次に使う鍵」を作って公開します。',
        old: '使用中の鍵はそのまま使えます。',
      } satisfies Record<KeyState, string>,
      verifiers: 'トークンを自分で検証するアプリは、取得済みの鍵を最大5分間使い続けることがあります。',
      others:
        '鍵のフォルダーごとコピーされたおそれがあるときは、ほかの鍵も盗まれています。残りの鍵も同じように無効にしてください。',
      noUndo: '無効にした鍵は元に戻せません。',
      submit: 'この鍵を今すぐ無効にする',
    },
    recoveryCodes: {
      title: '新しいリカバリーコードを作ります',
      question: '新しいリカバリーコードを作ってよろしいですか？',
      effect: (left: number) =>
        left === 0
          ? '使えるリカバリーコードは残っていません。'
          : `今のリカバリーコード（残り${left}個）は、すべて使えなくなります。`,
      noUndo: '今のコードは元に戻せません。印刷したものは捨ててください。',
      submit: '新しく作る',
    },
    endSessions: {
      title: 'ほかの端末をログアウトさせます',
      question: (n: number, isMore: boolean) =>
        `この端末以外の${n}台${isMore ? '以上' : ''}をログアウトさせてよろしいですか？`,
      effect: '入力中の内容は保存されません。もう一度ログインすれば使えます。',
      submit: 'ログアウトさせる',
    },
  },
};
