/** `--pkce`, and the older flag that says part of it. */
import { Option } from 'commander';
import type { PkceChoice } from '../../oauth/rules/pkce.ts';

const CHOICES = ['auto', 'required', 'optional'] as const;

/** Conflicts with `--require-pkce`, which each command has in its own way. */
export const pkceOption = (): Option =>
  new Option(
    '--pkce <way>',
    'auto: required as soon as the app has used it once (to say auto again begins anew); required; optional',
  )
    .choices(CHOICES)
    .conflicts('requirePkce');

/** What was said on the command line; undefined = nothing. To say `auto` forgets what was learned. */
export function chosenPkce({
  pkce,
  requirePkce,
}: {
  pkce?: string;
  requirePkce?: boolean;
}): PkceChoice | undefined {
  if (requirePkce !== undefined) return requirePkce ? 'required' : 'optional';
  return pkce === 'auto' ? 'again' : CHOICES.find((choice) => choice === pkce);
}
