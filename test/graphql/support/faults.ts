/** The extensions that belong to a message about arguments: code and field of the first fault, and of each where there are several. */
import type { ErrorCode } from '../../../src/graphql/errors.ts';

/** `codes`: of each fault, in the order of the message; the last one goes for those behind it. */
export function invalidArgument(message: string, ...codes: readonly ErrorCode[]): object {
  const faults = message
    .slice(0, -1)
    .split(/;(?=\[?\w+\]?: )/)
    .map((one, place) => {
      const [argument = '', ...words] = one.split(': ');
      const code = codes[Math.min(place, codes.length - 1)] ?? 'INVALID';
      return { code, field: argument.replace(/[[\]]/g, ''), message: words.join(': ') };
    });
  const [first] = faults;
  return {
    category: 'Invalid argument',
    code: first?.code,
    field: first?.field,
    ...(faults.length > 1 && { faults }),
  };
}
