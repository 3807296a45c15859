/** Media types with their parameters as headers write them (RFC 9110 §8.3.1, §12.5.1). */

export type MediaRange = {
  /** In small letters: `application/json`. */
  readonly name: string;
  /** No `charset`, or one that is UTF-8. */
  readonly isUtf8: boolean;
  /** In small letters. */
  readonly charset: string | undefined;
  /** 0 to 1. */
  readonly weight: number;
};

/** A comma or a semicolon between double quotes separates nothing. */
const ITEMS = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;
const PARTS = /(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/g;

export const mediaRangesOf = (header: string): MediaRange[] => (header.match(ITEMS) ?? []).map(mediaTypeOf);

export function mediaTypeOf(text: string): MediaRange {
  const [name = '', ...params] = (text.match(PARTS) ?? []).map((part) => part.trim().toLowerCase());
  const parameter = (wanted: string): string | undefined =>
    params
      .find((param) => param.startsWith(`${wanted}=`))
      ?.slice(wanted.length + 1)
      .replace(/^"(.*)"$/, '$1');
  const charset = parameter('charset');
  return {
    name,
    isUtf8: charset === undefined || charset === 'utf-8' || charset === 'utf8',
    charset,
    weight: weightOf(parameter('q')),
  };
}

/** What is no weight by RFC 9110 §12.4.2 counts as none given. */
const weightOf = (text: string | undefined): number =>
  text !== undefined && /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 1;
