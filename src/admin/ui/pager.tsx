/** Links of a long list, which is read from a place on. */

import { usePage } from './context.ts';

type FurtherProps = { first: string | undefined; next: string | undefined };

/** Links of a list that goes on from a place: back to its beginning, and on. */
export function Further({ first, next }: FurtherProps) {
  const { clients: t, audit } = usePage().messages;
  if (first === undefined && next === undefined) return null;
  return (
    <nav aria-label={t.pages}>
      <ul class="pagination justify-content-center">
        {first !== undefined && <PageLink url={first} text={audit.newest} />}
        {next !== undefined && <PageLink url={next} text={t.next} />}
      </ul>
    </nav>
  );
}

const PageLink = ({ url, text }: { url: string; text: string }) => (
  <li class="page-item">
    <a class="page-link" href={url} aria-label={text}>
      {text}
    </a>
  </li>
);
