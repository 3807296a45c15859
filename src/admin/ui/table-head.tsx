/** The heads of tables. */

import { usePage } from './context.ts';

export const TableHead = ({ columns }: { columns: readonly string[] }) => (
  <thead>
    <tr>
      <Headings columns={columns} />
    </tr>
  </thead>
);

/** The columns of a list, and behind them an unseen heading over the actions of each row. */
export function ActionsTableHead({ columns }: { columns: readonly string[] }) {
  const { messages } = usePage();
  return (
    <thead>
      <tr>
        <Headings columns={columns} />
        <th scope="col">
          <span class="visually-hidden">{messages.common.actions}</span>
        </th>
      </tr>
    </thead>
  );
}

const Headings = ({ columns }: { columns: readonly string[] }) => (
  <>
    {columns.map((heading) => (
      <th scope="col" key={heading}>
        {heading}
      </th>
    ))}
  </>
);
