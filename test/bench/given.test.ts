/** What may stand behind `npm run bench -- NAME`. */
import { expect, test } from 'vitest';
import { givenFault, type Taken } from '../../bench/support/given.ts';

const TAKEN: Taken = { options: ['rounds', 'json'], words: /^(?:catalogue|orders)$/ };
const faultOf = (line: string) => givenFault(TAKEN, line.split(' '));

test.each(['api', 'api orders --rounds 3', 'api --rounds=3 catalogue orders', 'api --json x'])(
  '%s is taken',
  (line) => {
    expect(faultOf(line)).toBeUndefined();
  },
);

test.each([
  ['api nonsense', 'no “nonsense” in this benchmark'],
  ['api 3', 'no “3” in this benchmark'],
  ['api --place /x', '--place is no option of this benchmark'],
  ['api --rounds many', '--rounds takes a whole number'],
  ['api --rounds 0', '--rounds takes a whole number'],
  ['api --round 3', "Unknown option '--round'"],
  ['api --json', "Option '--json <value>' argument missing"],
])('%s is refused', (line, why) => {
  expect(faultOf(line)).toContain(why);
});
