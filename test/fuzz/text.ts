/** Texts that break parsers, and forms in which they stand where something sensible should. */
import fc from 'fast-check';

const NASTY = [
  '',
  ' ',
  '\0',
  '\r\nSet-Cookie: a=b',
  '%00',
  '%',
  '%zz',
  '+',
  '&',
  '=',
  ';',
  '#',
  "' or '1'='1",
  '"><script>alert(1)</script>',
  '{{7*7}}',
  '../../etc/passwd',
  'null',
  '[object Object]',
  '__proto__',
  'constructor',
  '\ud800',
  '\ufeff',
  '\u202e',
  '手形',
  '😀',
  'é',
  'x'.repeat(300),
  'x'.repeat(9000),
  '-1',
  '1e999',
  'read',
  'S256',
  'plain',
  'code',
  'token',
] as const;

export const nasty = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  );

/** `text` with something taken out, put in, doubled, or in other letters; now and then as it is. */
export const mutated = (text: string): fc.Arbitrary<string> => {
  const place = fc.nat({ max: text.length });
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(text) },
    { weight: 3, arbitrary: place.map((at) => text.slice(0, at) + text.slice(at + 1)) },
    {
      weight: 4,
      arbitrary: fc.tuple(place, nasty()).map(([at, put]) => text.slice(0, at) + put + text.slice(at)),
    },
    { weight: 2, arbitrary: place.map((at) => text.slice(0, at)) },
    { weight: 2, arbitrary: place.map((at) => text.slice(0, at) + text.slice(at).toUpperCase()) },
    { weight: 1, arbitrary: place.map((at) => text.slice(0, at) + encodeURIComponent(text.slice(at))) },
    { weight: 1, arbitrary: fc.constant(text + text) },
    { weight: 1, arbitrary: nasty() },
  );
};

/** A form body near `base`: parameters left out, changed, doubled, strange ones added; now and then no form at all. */
export function form(base: Readonly<Record<string, string>>): fc.Arbitrary<string> {
  const names = Object.keys(base);
  const kept = fc.subarray(names, { minLength: Math.max(0, names.length - 2) });
  const name = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: nasty() },
  );
  const change = fc.record({ name, value: nasty(), add: fc.boolean() });
  const changes = fc.array(change, { maxLength: 3 });
  const tail = fc.oneof(
    { weight: 8, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('&', '&&', '&=', '&a', '&%', '&%ff=%ff', '&a[]=1&a[b]=2', '&resource=x'),
    },
    { weight: 1, arbitrary: nasty().map((text) => `&${text}`) },
  );
  const near = fc.tuple(kept, changes, tail).map(([some, edits, rest]) => {
    const params = new URLSearchParams(some.map((one) => [one, base[one] ?? '']));
    for (const edit of edits) {
      if (edit.add) params.append(edit.name, edit.value);
      else params.set(edit.name, edit.value);
    }
    return `${params}${rest}`;
  });
  return fc.oneof({ weight: 12, arbitrary: near }, { weight: 1, arbitrary: nasty() });
}
