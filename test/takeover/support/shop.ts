/** What the tests of a takeover say again and again. */
import type { Services } from '../../../src/app/services.ts';
import { applyTakeover, type TakeoverResult } from '../../../src/takeover/apply.ts';
import type { PluginKeys, TakeoverWish } from '../../../src/takeover/deps.ts';
import { type UndoResult, undoTakeover } from '../../../src/takeover/undo.ts';
import { PASSWORD, PUBLIC_PEM, REDIRECT, SECRET } from './plugin.ts';

export const NOBODY = { loginId: null, clientIp: null, requestId: null };
export const KEYS: PluginKeys = {
  password: { type: 'plain', text: PASSWORD },
  isUsualPassword: true,
  signing: { ok: true, pem: PUBLIC_PEM, bits: 2048, from: 'public.key' },
};
export const WISH: TakeoverWish = { allowRefused: false, withoutKey: false };
export const ERP = { clientId: 'erp', secret: SECRET };
export const URI = { redirect_uri: REDIRECT };

export const takeOverShop = (
  { takeover }: Services,
  wish: Partial<TakeoverWish> = {},
): Promise<TakeoverResult> => applyTakeover(takeover, KEYS, { ...WISH, ...wish }, NOBODY);

export const giveShopBack = ({ takeover }: Services): Promise<UndoResult> => undoTakeover(takeover, NOBODY);
