/** Requests and answers as a page may show them: what opens something is cut to its first characters. */

const SECRETS = [
  'code',
  'access_token',
  'refresh_token',
  'code_verifier',
  'client_secret',
  'client_assertion',
  'state',
];
const SHOWN = 4; // characters

export const masked = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      SECRETS.includes(name) && typeof value === 'string' ? `${value.slice(0, SHOWN)}…` : value,
    ]),
  );
