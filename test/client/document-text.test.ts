/** Which documents the client sends a second time when a response was lost: never a write that has no name. */
import { expect, test } from 'vitest';
import { isRepeatableText } from '../../packages/client/src/document-text.ts';

const CREATE = '{ tagCreate(name: "x") { id } }';
const NAMED = 'mutation ($a: String) { tagCreate(name: "x", clientMutationId: $a) { id } }';

test.each([
  [`,mutation ${CREATE}`, {}],
  [`query { shop { id } },mutation m ${CREATE}`, {}],
  [`"a description" mutation m ${CREATE}`, {}],
  [`"""a description"""mutation m ${CREATE}`, {}],
  [`\ufeffmutation${CREATE}`, {}],
  [`# one\nmutation ${CREATE}`, {}],
  [NAMED, {}],
  [NAMED, { a: null }],
])('%s with %o is not', (document, variables) => {
  expect(isRepeatableText(document, variables)).toBe(false);
});

test.each([
  [NAMED, { a: 'one' }],
  ['query ($mutation: ID!) { product(id: $mutation) { id } }', { mutation: 1 }],
  ['{ products(name: "mutation {") { totalCount } } # mutation', {}],
])('%s with %o is', (document, variables) => {
  expect(isRepeatableText(document, variables)).toBe(true);
});
