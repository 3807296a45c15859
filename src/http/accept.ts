/** Which of GraphQL's two media types a caller takes (RFC 9110 §12.5.1; by hand: docs/decisions/0022-small-libraries.md). */
import { type MediaRange, mediaRangesOf } from './media-type.ts';

export type MediaType = 'application/graphql-response+json' | 'application/json';

/** Without a wish the older one, as everybody got it before the newer was made. */
const OFFERED: readonly MediaType[] = ['application/json', 'application/graphql-response+json'];
const GENERAL = ['application/*', '*/*'];

type Liking = { readonly type: MediaType; readonly weight: number; readonly place: number };

/** undefined: neither. Of two that are liked as much the one that is named first wins. */
export function acceptedMediaType(accept: string | undefined): MediaType | undefined {
  if (accept === undefined || accept === '*/*') return 'application/json';
  const ranges = mediaRangesOf(accept).filter(({ name }) => name !== '');
  if (ranges.length === 0) return 'application/json';
  const [best] = OFFERED.map((type) => likingOf(type, ranges))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.place - b.place);
  return best?.type;
}

/** The most exact range counts, wherever it is; what is liked by a range for many comes behind what is named. */
function likingOf(type: MediaType, ranges: readonly MediaRange[]): Liking {
  for (const [step, wanted] of [type, ...GENERAL].entries()) {
    const place = ranges.findIndex(({ name, isUtf8 }) => name === wanted && isUtf8);
    const found = ranges[place];
    if (found) return { type, weight: found.weight, place: step === 0 ? place : ranges.length };
  }
  return { type, weight: 0, place: ranges.length };
}
