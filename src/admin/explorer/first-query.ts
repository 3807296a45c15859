/** The first question of a walk, to the API and in the explorer's editor: something that its scopes allow. */

const LISTS = [
  ['products', 'id name'],
  ['orders', 'id order_no'],
  ['customers', 'id'],
] as const;

export function firstQuery(scopes: readonly string[]): string {
  const allowed = LISTS.find(([list]) => scopes.includes('read') || scopes.includes(`read:${list}`));
  if (allowed === undefined) return '{ __typename }\n';
  const [list, fields] = allowed;
  return `{\n  ${list}(limit: 5) {\n    nodes { ${fields} }\n    totalCount\n  }\n}\n`;
}
