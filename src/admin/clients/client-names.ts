/** Scopes and grants in words; what has no words yet is shown by its own name. */
import { SHOP_SCOPES } from '../../oauth/rules/scope.ts';
import type { Messages } from '../i18n/ja/messages.ts';

/** e.g. `read — 商品・受注・…`: the label begins with the scope itself. A shop-worded scope is named beside its label. */
export function scopeLabel(scope: string, { scopes }: Messages): string {
  const words: Readonly<Record<string, string>> = scopes;
  const text = words[scope];
  if (text === undefined) return scope;
  return isShopScope(scope) ? text : `${scope} — ${text}`;
}

export const isShopScope = (scope: string): boolean => SHOP_SCOPES.some((one) => one === scope);

export function grantLabel(grant: string, { form }: Messages): string {
  const names: Readonly<Record<string, string>> = form.grantNames;
  return names[grant] ?? grant;
}
