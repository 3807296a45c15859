/** Recorded questions to the real plugin that Tegata answers otherwise, each with its reason. Label → difference. */

export type Difference = {
  readonly reason: string;
  /** What Tegata answers instead: status and, where it says more than the status, what the first error's message holds. */
  readonly status: number;
  readonly says?: string;
  /** Only the wording differs: category and everything else is compared. */
  readonly wording?: true;
};

const RFC6750 = 'a missing token is 401 with a challenge (RFC 6750 §3), never a GraphQL answer';
const SCOPE = 'too little scope is 403 with a challenge (RFC 6750 §3.1); the body is the same';
const HTTP = 'GraphQL over HTTP: a request that is none is 400, not a syntax error of an empty document';
const WORDS = 'the words of parsing and validation are those of graphql-js, not of graphql-php';
const CRASH = 'the plugin crashed';

export const deliberateDifferences: Readonly<Record<string, Difference>> = {
  'no token': { reason: RFC6750, status: 401, says: 'access token' },
  'query + mutation in one doc, read token': {
    reason: SCOPE,
    status: 403,
    says: 'Insufficient permission. (read,write)',
  },
  'GET without query': { reason: HTTP, status: 400, says: 'Missing query' },
  'POST broken JSON': { reason: HTTP, status: 400, says: 'JSON' },
  'POST JSON array (batch)': { reason: HTTP, status: 400, says: 'query' },
  'POST variables as string': { reason: CRASH, status: 400, says: 'Invalid variables' },
  'POST form query=': {
    reason: 'a body in another type than JSON is 415',
    status: 415,
    says: 'application/json',
  },
  'PUT /api': {
    reason: 'the same status, as a GraphQL answer instead of a page',
    status: 405,
    says: 'GET or POST',
  },
  'syntax error': { reason: WORDS, status: 200, wording: true },
  'missing selection': { reason: WORDS, status: 200, wording: true },
  'missing required arg': { reason: WORDS, status: 200, wording: true },
  'product id string': { reason: `${CRASH}; what can be no id belongs to no product`, status: 200 },
  'product id float': { reason: WORDS, status: 200, wording: true },
  'products paging limit:1000000': {
    reason: 'a page has at most 1000 rows',
    status: 200,
    says: 'limit: 1000以下',
  },
  'products paging page:null': { reason: `${CRASH}; null is as good as absent`, status: 200 },
  'products paging limit:"5"': { reason: WORDS, status: 200, wording: true },
  'products paging limit:99999999999': { reason: WORDS, status: 200, wording: true },
  'products create_datetime_start:"2020-01-01"': { reason: WORDS, status: 200, wording: true },
  'products sortkey:"code" sorttype:"d"': { reason: `${CRASH}; it sorts by product code`, status: 200 },
  'customers buy_times_start:"1"': { reason: WORDS, status: 200, wording: true },
  'orders order_id_start:5': { reason: WORDS, status: 200, wording: true },
  'orders order_id_start:"5" order_id_end:"6"': { reason: WORDS, status: 200, wording: true },
  'orders sex:["1"]': {
    reason: `${CRASH}; orders have no such argument`,
    status: 200,
    says: 'Unknown argument "sex"',
  },
  'orders sortkey:"order_date" sorttype:"d"': { reason: `${CRASH}; it sorts by order date`, status: 200 },
  'variables wrong type': { reason: WORDS, status: 200, wording: true },
};
