/** A client in JavaScript for Node.js 20 and newer, without packages; `jose` when it signs. */
import type { SnippetInput } from './input.ts';

const q = (text: string): string => JSON.stringify(text);

export function javascript(input: SnippetInput): string {
  return [
    ...imports(input),
    `const CLIENT_ID = ${q(input.clientId)};`,
    ...(input.redirectUri === null ? [] : [`const REDIRECT_URI = ${q(input.redirectUri)};`]),
    '',
    ...POST,
    '',
    ...token(input),
    '',
    ...ask(input),
    '',
    ...(input.redirectUri === null ? [] : [...codeFlow(input), '']),
    ...(input.actsAsItself ? ownFlow(input) : []),
  ]
    .join('\n')
    .trimEnd();
}

function imports({ auth, redirectUri }: SnippetInput): string[] {
  const byKey = auth === 'private_key_jwt';
  const crypto = [
    ...(redirectUri === null ? [] : ['createHash']),
    ...(byKey ? ['createPrivateKey'] : []),
    ...(redirectUri === null ? [] : ['randomBytes']),
    ...(byKey ? ['randomUUID'] : []),
  ];
  const lines = [
    ...(crypto.length === 0 ? [] : [`import { ${crypto.join(', ')} } from "node:crypto";`]),
    ...(byKey ? ['import { readFileSync } from "node:fs";'] : []),
    ...(auth.startsWith('client_secret') ? ['import { env } from "node:process";'] : []),
    ...(redirectUri === null ? [] : ['import { createInterface } from "node:readline/promises";']),
    ...(byKey ? ['import { SignJWT } from "jose"; // npm install jose'] : []),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}

const POST = [
  'async function post(url, body, headers = {}) {',
  '  const answer = await fetch(url, { method: "POST", body, headers, signal: AbortSignal.timeout(30_000) });',
  '  const data = await answer.json();',
  '  if (!answer.ok) throw new Error(JSON.stringify(data));',
  '  return data;',
  '}',
];

function token({ tokenUrl, auth, issuer, alg, kid, words }: SnippetInput): string[] {
  const secret = `const secret = env.TEGATA_CLIENT_SECRET; // ${words.secret}`;
  const header = kid === '' ? `{ alg: ${q(alg)} }` : `{ alg: ${q(alg)}, kid: ${q(kid)} }`;
  const lines: Readonly<Record<SnippetInput['auth'], readonly string[]>> = {
    client_secret_basic: [
      secret,
      `const pair = Buffer.from(\`\${CLIENT_ID}:\${encodeURIComponent(secret)}\`).toString("base64");`,
      `headers.authorization = \`Basic \${pair}\`;`,
    ],
    client_secret_post: [secret, 'Object.assign(fields, { client_id: CLIENT_ID, client_secret: secret });'],
    private_key_jwt: [
      `const key = createPrivateKey(readFileSync("private-key.pem")); // ${words.key}`,
      'fields.client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";',
      'fields.client_assertion = await new SignJWT()',
      `  .setProtectedHeader(${header})`,
      '  .setIssuer(CLIENT_ID)',
      '  .setSubject(CLIENT_ID)',
      `  .setAudience(${q(issuer)})`,
      '  .setJti(randomUUID())',
      '  .setIssuedAt()',
      '  .setExpirationTime("60s")',
      '  .sign(key);',
    ],
    none: ['fields.client_id = CLIENT_ID;'],
  };
  return [
    'async function token(fields) {',
    '  const headers = {};',
    ...lines[auth].map((line) => `  ${line}`),
    `  return post(${q(tokenUrl)}, new URLSearchParams(fields), headers);`,
    '}',
  ];
}

const ask = ({ apiUrl, words }: SnippetInput): string[] => [
  `// ${words.call}`,
  'function ask(accessToken, query) {',
  `  const headers = { "content-type": "application/json", authorization: \`Bearer \${accessToken}\` };`,
  `  return post(${q(apiUrl)}, JSON.stringify({ query }), headers);`,
  '}',
];

const codeFlow = ({ authorizeUrl, scope, mayRefresh, query, words }: SnippetInput): string[] => [
  `// ${words.login}`,
  'const state = randomBytes(16).toString("base64url");',
  'const verifier = randomBytes(32).toString("base64url");',
  'const parameters = new URLSearchParams({',
  '  response_type: "code",',
  '  client_id: CLIENT_ID,',
  '  redirect_uri: REDIRECT_URI,',
  `  scope: ${q(scope)},`,
  '  state,',
  '  code_challenge: createHash("sha256").update(verifier).digest("base64url"),',
  '  code_challenge_method: "S256",',
  '});',
  `console.log(\`${authorizeUrl}?\${parameters}\`);`,
  '',
  `// ${words.back}`,
  'const terminal = createInterface({ input: process.stdin, output: process.stdout });',
  'const { searchParams: answer } = new URL(await terminal.question("> "));',
  'terminal.close();',
  'if (answer.get("state") !== state || !answer.has("code")) throw new Error(answer.get("error") ?? "state");',
  `${mayRefresh ? 'let' : 'const'} tokens = await token({`,
  '  grant_type: "authorization_code",',
  '  code: answer.get("code"),',
  '  redirect_uri: REDIRECT_URI,',
  '  code_verifier: verifier,',
  '});',
  `console.log(JSON.stringify(await ask(tokens.access_token, ${q(query)})));`,
  ...(mayRefresh
    ? [
        '',
        `// ${words.refresh}`,
        'tokens = await token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token });',
      ]
    : []),
];

const ownFlow = ({ scope, query, words }: SnippetInput): string[] => [
  `// ${words.own}`,
  `const own = await token({ grant_type: "client_credentials", scope: ${q(scope)} });`,
  `console.log(JSON.stringify(await ask(own.access_token, ${q(query)})));`,
];
