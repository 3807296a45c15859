/** Words of the one message of the page before, in Japanese. */
import { jobsFlashJa } from './jobs.ts';
import { keysFlashJa } from './keys.ts';
import { takeoverFlashJa } from './moves/takeover.ts';
import { webhookFlashJa } from './webhook.ts';

export const flashJa = {
  flash: {
    ...webhookFlashJa,
    ...keysFlashJa,
    ...takeoverFlashJa,
    ...jobsFlashJa,
    saved: (_count: number) => '保存しました',
    saveFailed: (_count: number) => '保存に失敗しました',
    deleted: (_count: number) => '削除しました',
    deleteFailed: (_count: number) => '削除に失敗しました',
    alreadyDeleted: (_count: number) => '既に削除されています',
    tokensCleared: (count: number) =>
      count === 0 ? '期限切れのトークンはありませんでした' : `期限切れのトークンを${count}件削除しました`,
    clientDisabled: (_count: number) => 'クライアントを無効にしました',
    clientEnabled: (_count: number) => 'クライアントを有効にしました',
    secretEnded: (_count: number) => 'シークレットを無効にしました',
    secretStays: (_count: number) => 'このシークレットは既に無効か、使える最後のシークレットです',
    grantRevoked: (_count: number) => '連携を終了しました',
    apiEnabled: (_count: number) => 'Web APIを有効にしました',
    apiDisabled: (_count: number) => 'Web APIを無効にしました',
    loggedOut: (_count: number) => 'ログアウトしました',
    loginExpired: (_count: number) => '時間が経過しました。もう一度ログインしてください',
    factorRemoved: (_count: number) => '2段階認証を解除しました',
    sessionEnded: (_count: number) => '端末をログアウトさせました',
    sessionsEnded: (count: number) =>
      count === 0 ? 'ほかにログイン中の端末はありませんでした' : `${count}台の端末をログアウトさせました`,
    passwordChanged: (count: number) =>
      count === 0 ? 'パスワードを変更しました' : `パスワードを変更し、${count}件の連携を終了しました`,
  },
};
