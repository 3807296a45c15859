/** The search field above a list. */

import { usePage } from '../ui/context.ts';
import { Icon } from '../ui/icons.tsx';

type SearchFormProps = { action: string; q: string; label: string };

/** GET `q`. */
export function SearchForm({ action, q, label }: SearchFormProps) {
  const { clients: t } = usePage().messages;
  return (
    <search>
      <form method="get" action={action} class="search-form">
        <label class="visually-hidden" for="q">
          {label}
        </label>
        <input
          class="form-control"
          type="search"
          id="q"
          name="q"
          value={q}
          placeholder={label}
          maxLength={200}
        />
        <button type="submit" class="btn btn-ec-regular">
          <Icon name="search" /> {t.searchButton}
        </button>
        {q !== '' && <a href={action}>{t.clearSearch}</a>}
      </form>
    </search>
  );
}
