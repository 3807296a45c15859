/** Where a walk through the code flow comes back to, as its client has it registered. */
import type { WalkKind } from '../../oauth/flow-test.ts';
import type { AdminKit } from '../visit.ts';

export const walkCallbacks = ({ deps, routes }: AdminKit): Readonly<Record<WalkKind, string>> => ({
  tester: `${deps.publicUrl}${routes.testerCallback}`,
  explorer: `${deps.publicUrl}${routes.explorerCallback}`,
});
