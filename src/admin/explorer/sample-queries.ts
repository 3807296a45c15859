/** Queries to begin with in the explorer: those that the token's scopes allow. */

const SAMPLES = [
  {
    name: 'products',
    scope: 'read:products',
    query: `{
  products(limit: 5) {
    nodes { id name ProductClasses { code stock price02 } }
    totalCount
  }
}
`,
  },
  {
    name: 'orders',
    scope: 'read:orders',
    query: `{
  orders(limit: 5) {
    nodes { id order_no order_date OrderStatus { name } payment_total }
    totalCount
  }
}
`,
  },
  {
    name: 'customers',
    scope: 'read:customers',
    query: `{
  customers(limit: 5) {
    nodes { id name01 name02 email }
    totalCount
  }
}
`,
  },
  {
    name: 'schema',
    scope: '',
    query: `{
  __schema {
    queryType { fields { name description } }
    mutationType { fields { name description } }
  }
}
`,
  },
] as const;

export type SampleName = (typeof SAMPLES)[number]['name'];

export const sampleQueries = (scopes: readonly string[]) =>
  SAMPLES.filter(({ scope }) => scope === '' || scopes.includes('read') || scopes.includes(scope));
