/** The last question before something of the shop's is deleted: キャンセル, 削除. It works without script. */

import { usePage } from './context.ts';
import { CsrfField } from './form.tsx';

type DeleteFormProps = { action: string; cancel: string };

/** Posts `_token` to `action`; `cancel` is where キャンセル leads. */
export function DeleteForm({ action, cancel }: DeleteFormProps) {
  const { common } = usePage().messages;
  return (
    <form method="post" action={action} class="form-buttons">
      <CsrfField />
      <a class="btn btn-ec-sub" href={cancel}>
        {common.cancel}
      </a>
      <button type="submit" class="btn btn-ec-delete">
        {common.delete}
      </button>
    </form>
  );
}
