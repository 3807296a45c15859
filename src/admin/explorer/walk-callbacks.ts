/** Where a walk through the code flow comes back to, as its client has it registered. */
import type { WalkKind } from '../../oauth/flow-test.ts';
import { paths } from '../paths.ts';

type Installation = { readonly publicUrl: string; readonly adminRoute: string };

export function walkCallbacks({ publicUrl, adminRoute }: Installation): Readonly<Record<WalkKind, string>> {
  const { testerCallback, explorerCallback } = paths(adminRoute);
  return { tester: `${publicUrl}${testerCallback}`, explorer: `${publicUrl}${explorerCallback}` };
}
