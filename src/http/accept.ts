/** Which of GraphQL's two media types a caller takes. Weights are not compared: the first that is named wins. */
export type MediaType = 'application/graphql-response+json' | 'application/json';

/** undefined: neither. Who names none gets the older one, as everybody did before the newer was made. */
export function acceptedMediaType(accept: string | undefined): MediaType | undefined {
  if (accept === undefined || accept.trim() === '') return 'application/json';
  for (const range of accept.toLowerCase().split(',')) {
    const [type = '', ...params] = range.split(';').map((part) => part.trim());
    if (params.some((param) => param.startsWith('charset=') && !/^charset="?utf-?8"?$/.test(param))) continue;
    if (params.some((param) => /^q=0(\.0*)?$/.test(param))) continue;
    if (type === 'application/graphql-response+json') return type;
    if (type === 'application/json' || type === 'application/*' || type === '*/*') return 'application/json';
  }
  return undefined;
}
