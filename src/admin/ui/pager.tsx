/** Links to the pages of a long list. */

import { usePage } from './context.ts';

type PagerProps = { page: number; pageCount: number; url: (page: number) => string };

/** How many neighbours of the present page are named. */
const REACH = 2;

export function Pager({ page, pageCount, url }: PagerProps) {
  if (pageCount <= 1) return null;
  const { clients: t } = usePage().messages;
  return (
    <nav aria-label={t.pages}>
      <ul class="pagination justify-content-center">
        {page > 1 && <PageLink url={url(page - 1)} label={t.previous} text={t.previous} />}
        {near(page, pageCount).map((n) => (
          <PageLink key={n} url={url(n)} label={t.page(n)} text={String(n)} current={n === page} />
        ))}
        {page < pageCount && <PageLink url={url(page + 1)} label={t.next} text={t.next} />}
      </ul>
    </nav>
  );
}

type FurtherProps = { first: string | undefined; next: string | undefined };

/** Links of a list that goes on from a place: back to its beginning, and on. */
export function Further({ first, next }: FurtherProps) {
  const { clients: t, audit } = usePage().messages;
  if (first === undefined && next === undefined) return null;
  return (
    <nav aria-label={t.pages}>
      <ul class="pagination justify-content-center">
        {first !== undefined && <PageLink url={first} label={audit.newest} text={audit.newest} />}
        {next !== undefined && <PageLink url={next} label={t.next} text={t.next} />}
      </ul>
    </nav>
  );
}

function near(page: number, pageCount: number): number[] {
  const all = Array.from({ length: pageCount }, (_, index) => index + 1);
  return all.filter((n) => n === 1 || n === pageCount || Math.abs(n - page) <= REACH);
}

function PageLink({
  url,
  label,
  text,
  current,
}: {
  url: string;
  label: string;
  text: string;
  current?: boolean;
}) {
  return (
    <li class={current ? 'page-item active' : 'page-item'}>
      <a class="page-link" href={url} aria-label={label} aria-current={current ? 'page' : undefined}>
        {text}
      </a>
    </li>
  );
}
