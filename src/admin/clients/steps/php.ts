/** A client in PHP, with its curl extension alone; `firebase/php-jwt` when it signs. */
import type { SnippetInput } from './input.ts';

const q = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const indent = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === '' ? '' : `    ${line}`));

export function php(input: SnippetInput): string {
  return [
    '<?php',
    ...(input.auth === 'private_key_jwt'
      ? ['// composer require firebase/php-jwt', "require 'vendor/autoload.php';"]
      : []),
    ...(input.redirectUri === null ? [] : ['session_start();']),
    '',
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

const POST = [
  'function post(string $url, string $body, array $headers): array',
  '{',
  ...indent([
    '$curl = curl_init($url);',
    'curl_setopt_array($curl, [',
    '    CURLOPT_POST => true,',
    '    CURLOPT_POSTFIELDS => $body,',
    '    CURLOPT_HTTPHEADER => $headers,',
    '    CURLOPT_RETURNTRANSFER => true,',
    '    CURLOPT_TIMEOUT => 30,',
    ']);',
    '$answer = curl_exec($curl);',
    'if ($answer === false) {',
    '    throw new RuntimeException(curl_error($curl));',
    '}',
    '$data = json_decode($answer, true, 512, JSON_THROW_ON_ERROR);',
    "if (isset($data['error'])) {",
    "    throw new RuntimeException($data['error'].': '.($data['error_description'] ?? ''));",
    '}',
    'return $data;',
  ]),
  '}',
];

function token({ tokenUrl, auth, issuer, alg, kid, words }: SnippetInput): string[] {
  const secret = `$secret = getenv('TEGATA_CLIENT_SECRET'); // ${words.secret}`;
  const lines: Readonly<Record<SnippetInput['auth'], readonly string[]>> = {
    client_secret_basic: [
      secret,
      "$headers[] = 'Authorization: Basic '.base64_encode(urlencode(CLIENT_ID).':'.urlencode($secret));",
    ],
    client_secret_post: [secret, "$fields += ['client_id' => CLIENT_ID, 'client_secret' => $secret];"],
    private_key_jwt: [
      `$key = file_get_contents('private-key.pem'); // ${words.key}`,
      "$claims = ['iss' => CLIENT_ID, 'sub' => CLIENT_ID, 'aud' => " +
        `${q(issuer)}, 'jti' => bin2hex(random_bytes(16)), 'iat' => time(), 'exp' => time() + 60];`,
      '$fields += [',
      "    'client_assertion_type' => 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',",
      `    'client_assertion' => Firebase\\JWT\\JWT::encode($claims, $key, ${q(alg)}${kid === '' ? '' : `, ${q(kid)}`}),`,
      '];',
    ],
    none: ["$fields += ['client_id' => CLIENT_ID];"],
  };
  return [
    'function token(array $fields): array',
    '{',
    ...indent([
      "$headers = ['Content-Type: application/x-www-form-urlencoded'];",
      ...lines[auth],
      `return post(${q(tokenUrl)}, http_build_query($fields), $headers);`,
    ]),
    '}',
  ];
}

const ask = ({ apiUrl, words }: SnippetInput): string[] => [
  `// ${words.call}`,
  'function ask(string $accessToken, string $query): array',
  '{',
  ...indent([
    "$headers = ['Content-Type: application/json', 'Authorization: Bearer '.$accessToken];",
    `return post(${q(apiUrl)}, json_encode(['query' => $query]), $headers);`,
  ]),
  '}',
];

const codeFlow = ({ authorizeUrl, scope, mayRefresh, query, words }: SnippetInput): string[] => [
  "if (!isset($_GET['state'])) {",
  ...indent([
    `// ${words.login}`,
    "$_SESSION['state'] = bin2hex(random_bytes(16));",
    "$_SESSION['verifier'] = bin2hex(random_bytes(32));",
    "$hash = hash('sha256', $_SESSION['verifier'], true);",
    `header('Location: '.${q(authorizeUrl)}.'?'.http_build_query([`,
    "    'response_type' => 'code',",
    "    'client_id' => CLIENT_ID,",
    "    'redirect_uri' => REDIRECT_URI,",
    `    'scope' => ${q(scope)},`,
    "    'state' => $_SESSION['state'],",
    "    'code_challenge' => rtrim(strtr(base64_encode($hash), '+/', '-_'), '='),",
    "    'code_challenge_method' => 'S256',",
    ']));',
    'exit;',
  ]),
  '}',
  '',
  `// ${words.back}`,
  "$state = $_SESSION['state'] ?? '';",
  "unset($_SESSION['state']);",
  "if ($state === '' || !hash_equals($state, (string) $_GET['state']) || !isset($_GET['code'])) {",
  "    exit((string) ($_GET['error'] ?? 'state'));",
  '}',
  '$tokens = token([',
  "    'grant_type' => 'authorization_code',",
  "    'code' => $_GET['code'],",
  "    'redirect_uri' => REDIRECT_URI,",
  "    'code_verifier' => $_SESSION['verifier'],",
  ']);',
  `print_r(ask($tokens['access_token'], ${q(query)}));`,
  ...(mayRefresh
    ? [
        '',
        `// ${words.refresh}`,
        "$tokens = token(['grant_type' => 'refresh_token', 'refresh_token' => $tokens['refresh_token']]);",
      ]
    : []),
];

const ownFlow = ({ scope, query, words }: SnippetInput): string[] => [
  `// ${words.own}`,
  `$tokens = token(['grant_type' => 'client_credentials', 'scope' => ${q(scope)}]);`,
  `print_r(ask($tokens['access_token'], ${q(query)}));`,
];
