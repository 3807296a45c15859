/** Scopes and grants in words; what has no words yet is shown by its own name. */
import type { Messages } from '../i18n/ja.ts';

/** e.g. `read — 商品・受注・…`: the label begins with the scope itself. */
export function scopeLabel(scope: string, { scopes }: Messages): string {
  const words: Readonly<Record<string, string>> = scopes;
  const text = words[scope];
  return text === undefined ? scope : `${scope} — ${text}`;
}

export function grantLabel(grant: string, { form }: Messages): string {
  const names: Readonly<Record<string, string>> = form.grantNames;
  return names[grant] ?? grant;
}
