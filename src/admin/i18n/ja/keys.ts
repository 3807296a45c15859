/** Words of 署名鍵, in Japanese. */
import type { KeyState, SigningAlgorithm } from '../../../oauth/keys/keyring.ts';

export const keysJa = {
  keys: {
    title: '署名鍵',
    lead: 'アクセストークンの署名に使う鍵です。APIはこの署名を確かめて、トークンが本物かどうかを判断します。',
    list: '鍵の一覧',
    caption: '署名鍵の一覧',
    kid: '鍵のID（kid）',
    algorithm: '署名方式',
    state: '状態',
    states: {
      next: '次に使う鍵（公開済み）',
      current: '使用中',
      old: '検証だけに使用',
    } satisfies Record<KeyState, string>,
    since: 'この状態になった日時',
    removable: (when: string) => `${when}以降に削除できます`,
    rotation: '鍵を切り替える',
    effects: [
      '「次に使う鍵」が使用中になり、これから発行するトークンに署名します。',
      '今の鍵は検証だけに使います。発行済みのトークンは期限まで使え、アプリの連携は切れません。',
      '新しい鍵を作り、「次に使う鍵」として公開します。',
    ],
    nextAlgorithm: '新しく作る鍵の署名方式',
    nextAlgorithmHelp:
      '作った鍵は、次の切り替えまで署名に使いません。トークンを自分で検証するアプリがあるときは、対応している方式を選んでください。',
    algorithms: {
      RS256: 'RS256（RSA 2048ビット。ほとんどのアプリが対応）',
      PS256: 'PS256（RSA-PSS 3072ビット）',
      ES256: 'ES256（楕円曲線P-256。トークンが短くなります）',
      EdDSA: 'EdDSA（Ed25519。新しい方式のため、対応していないアプリがあります）',
    } satisfies Record<SigningAlgorithm, string>,
    rotate: '鍵を切り替える',
    chosen: (alg: string) => `新しく作る鍵の署名方式：${alg}`,
    retiring: '古い鍵',
    noneRemovable: '削除できる鍵はまだありません。古い鍵で署名したトークンの期限が切れるまでお待ちください。',
    someRemovable: (n: number) => `署名したトークンの期限がすべて切れた古い鍵が${n}個あります。`,
    retire: '古い鍵を削除',
    retireNow: 'この鍵を今すぐ無効にする',
  },
};

export const keysFlashJa = {
  keyRetiredNow: (_count: number) => '鍵を無効にしました。この鍵で署名したアクセストークンはもう使えません',
  keyRotated: (_count: number) => '鍵を切り替えました',
  keyRotatedBefore: (_count: number) => '鍵は既に切り替えられています。一覧を確認してください',
  keysRetired: (count: number) =>
    count === 0 ? '削除できる鍵はありませんでした' : `古い鍵を${count}個削除しました`,
};
