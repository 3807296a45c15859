/** Fuzzed questions to /api: documents near good ones with strange arguments, variables, names, headers and forms. */

import fc from 'fast-check';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { isErrorCode } from '../../src/graphql/errors.ts';
import { expectThat } from './answers.ts';
import type { Target } from './target.ts';
import { mutated, nasty } from './text.ts';

const LONGEST_ADDRESS = 15_000; // Node takes no longer head than 16 KiB
const ANSWER_BYTES = 16 * 1024 * 1024;

export type QuestionCase = {
  readonly method: 'GET' | 'POST';
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
};

const FIELDS: readonly (readonly [field: string, args: readonly string[], under: string])[] = [
  [
    'products',
    ['id', 'category_id', 'status', 'stock', 'tag_id', 'create_date_start', 'sortkey', 'after', 'limit'],
    'nodes { id name description_detail ProductClasses { code stock } }',
  ],
  [
    'orders',
    ['multi', 'status', 'kana', 'phone_number', 'payment', 'payment_total_start', 'order_date_end', 'first'],
    'totalCount nodes { id Shippings { id } OrderItems { product_name } }',
  ],
  [
    'customers',
    ['multi', 'sex', 'birth_month', 'birth_start', 'buy_total_start', 'buy_product_name'],
    'totalCount',
  ],
  ['changes', ['after', 'first', 'entities'], 'latestCursor nodes { id }'],
  ['product', ['id'], 'id name'],
];

const LARGE = [
  'x'.repeat(4_001),
  ' '.repeat(50_000),
  `1${' '.repeat(50_000)}1`,
  '9'.repeat(50_000),
  'ア'.repeat(4_000),
];

const text = () =>
  fc.oneof({ weight: 6, arbitrary: nasty() }, { weight: 1, arbitrary: fc.constantFrom(...LARGE) });
const list = () =>
  fc
    .tuple(fc.constantFrom(0, 1, 2, 1_000, 1_001, 20_000), fc.boolean())
    .map(([length, equal]) => Array.from({ length }, (_, place) => (equal ? '1' : String(place))));
const value = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 5, arbitrary: text() },
    { weight: 2, arbitrary: list() },
    { weight: 1, arbitrary: fc.constantFrom(null, true, 0, -1, 1e308, 2_147_483_648, {}, [[['1']]]) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );

const document = (): fc.Arbitrary<{ query: string; variables: Record<string, unknown> }> =>
  fc
    .tuple(
      fc
        .constantFrom(...FIELDS)
        .chain(([field, args, under]) =>
          fc.tuple(
            fc.constant({ field, under }),
            fc.subarray([...args], { maxLength: Math.min(3, args.length) }),
          ),
        ),
      fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 5, 5, 200, 201),
      fc.boolean(),
      fc.array(value(), { minLength: 3, maxLength: 3 }),
    )
    .map(([[{ field, under }, args], aliases, literal, values]) => {
      const written = args.map(
        (name, place) => `${name}: ${literal ? notation(values[place]) : `$v${place}`}`,
      );
      const given = written.length === 0 ? '' : `(${written.join(', ')})`;
      const one = `${field}${given} { ${under} }`;
      const body = Array.from(
        { length: literal ? Math.min(aliases, 5) : aliases },
        (_, place) => `a${place}: ${one}`,
      ).join(' ');
      const typed = (name: string): string =>
        ['status', 'stock', 'payment', 'sex', 'entities'].includes(name) ? '[String]' : typeOf(name);
      const declared = args.map((name, place) => `$v${place}: ${typed(name)}`).join(', ');
      const head = literal || args.length === 0 ? 'query' : `query (${declared})`;
      const variables = literal
        ? {}
        : Object.fromEntries(args.map((_, place) => [`v${place}`, values[place]]));
      return { query: `${head} { ${body} }`, variables };
    });

const typeOf = (name: string): string => (name === 'first' || name === 'limit' ? 'Int' : 'String');

/** As GraphQL writes values; names of members need not be good ones. */
const notation = (given: unknown): string => JSON.stringify(given ?? null).replace(/"(\w+)":/g, '$1:');

const HEADERS = {
  accept: ['*/*', 'application/json', 'application/graphql-response+json', 'text/html', 'a;q=0,,', '"'],
  'content-type': ['application/json', 'application/json; charset=utf-8', 'text/plain', ';', ''],
  'content-encoding': ['identity', 'gzip', ','],
};

const headers = (): fc.Arbitrary<Record<string, string>> =>
  fc
    .constantFrom(...Object.entries(HEADERS))
    .chain(([name, values]) => fc.constantFrom(...values).map((one) => ({ [name]: one })));

export const questionCase = (): fc.Arbitrary<QuestionCase> =>
  fc
    .tuple(
      fc.constantFrom('GET' as const, 'POST' as const, 'POST' as const, 'POST' as const),
      document(),
      fc.option(mutated('{ products { nodes { id } } }'), { nil: undefined, freq: 6 }),
      fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headers() }),
      fc.constantFrom({}, {}, { operationName: '' }, { operationName: 5 }, { extensions: [] }),
    )
    .map(([method, { query, variables }, other, further, members]) => ({
      method,
      members: { query: other ?? query, variables, ...members },
      headers: further,
    }));

function requestOf({ apiToken }: Target, { method, members, headers: further }: QuestionCase): InjectOptions {
  const sent = { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json', ...further };
  const pairs = Object.entries(members).map(([name, one]) => [
    name,
    typeof one === 'string' ? one.toWellFormed() : JSON.stringify(one),
  ]);
  const url = `/api?${new URLSearchParams(pairs as string[][])}`;
  if (method === 'GET' && url.length < LONGEST_ADDRESS) return { method, url, headers: sent };
  return { method: 'POST', url: '/api', headers: sent, payload: JSON.stringify(members) };
}

export async function runQuestion(target: Target, question: QuestionCase): Promise<void> {
  judgeGraphqlAnswer(await target.ask(requestOf(target, question)));
}

/** GraphQL over HTTP: JSON with `data` or `errors`; nothing that nobody foresaw, and no more than may leave. */
function judgeGraphqlAnswer(answer: LightMyRequestResponse): void {
  const { statusCode, body } = answer;
  const what = `${statusCode} ${body.slice(0, 300)}`;
  expectThat([200, 400, 405, 406, 413, 415, 429].includes(statusCode), `a strange status: ${what}`);
  expectThat(answer.rawPayload.length <= ANSWER_BYTES, `${answer.rawPayload.length} bytes`);
  const parsed = JSON.parse(body) as {
    data?: unknown;
    errors?: { extensions: { category: string; code: unknown } }[];
  };
  expectThat('data' in parsed || 'errors' in parsed, `no GraphQL answer: ${what}`);
  const coded = parsed.errors?.every(({ extensions }) => isErrorCode(extensions.code)) ?? true;
  expectThat(coded, `an error without a code: ${what}`);
  const internal = parsed.errors?.some(({ extensions }) => extensions.category === 'internal') ?? false;
  expectThat(!internal, `an internal error: ${what}`);
}
