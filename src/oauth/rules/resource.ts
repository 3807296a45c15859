/** Resource indicators (RFC 8707). There is one resource: the GraphQL API. */
import { OAuthError } from './errors.ts';

/** The API's identifier, also the `aud` of RFC 9068 tokens. */
export const apiResource = (issuer: string): string => `${issuer}/api`;

/** Whether every resource that was asked for is ours; none asked for is fine. */
export const knowsResources = (asked: readonly string[], issuer: string): boolean =>
  asked.every((one) => one === apiResource(issuer) || one === issuer);

/** RFC 8707 §2.2. */
export function checkResources(asked: readonly string[], issuer: string): void {
  if (!knowsResources(asked, issuer)) {
    throw new OAuthError('invalid_target', `The only resource is ${apiResource(issuer)}.`);
  }
}
