/** The head of a list: its columns, and behind them an unseen heading over the actions of each row. */
import type { Messages } from '../i18n/ja/messages.ts';

export function ActionsTableHead({ columns, messages }: { columns: readonly string[]; messages: Messages }) {
  return (
    <thead>
      <tr>
        {columns.map((heading) => (
          <th scope="col" key={heading}>
            {heading}
          </th>
        ))}
        <th scope="col">
          <span class="visually-hidden">{messages.common.actions}</span>
        </th>
      </tr>
    </thead>
  );
}
