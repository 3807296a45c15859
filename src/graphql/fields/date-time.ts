/** The `DateTime` scalar: outside `Y-m-d\TH:i:sP` with the shop's offset, inside database text (out) and epoch seconds (in). */
import { type ConstValueNode, GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { parseInstant, type ShopTime } from '../../shop/shop-time.ts';

// The plugin's own words, wrong about UTC; clients compare schemas.
const DESCRIPTION =
  'The `DateTime` scalar type represents time data, represented as an ISO-8601 encoded UTC date string.';

export const dateTimeScalar = (time: ShopTime): GraphQLScalarType<number, string> =>
  new GraphQLScalarType<number, string>({
    name: 'DateTime',
    description: DESCRIPTION,
    coerceOutputValue: (value) => time.write(String(value)),
    coerceInputValue: (value) => read(value),
    coerceInputLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined, node),
  });

function read(value: unknown, node?: ConstValueNode): number {
  const at = typeof value === 'string' ? parseInstant(value) : undefined;
  if (at !== undefined) return at;
  const found = typeof value === 'string' ? value.slice(0, 100) : '';
  throw new GraphQLError(`DateTime parse error, please specify in "Y-m-d\\TH:i:sP".${found}`, {
    extensions: { category: 'Invalid argument', code: 'INVALID' },
    ...(node && { nodes: node }),
  });
}
