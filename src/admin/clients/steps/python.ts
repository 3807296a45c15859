/** A client in Python 3, with its own library alone; `pyjwt` when it signs. */
import type { SnippetInput } from './input.ts';

const q = (text: string): string => JSON.stringify(text);

export function python(input: SnippetInput): string {
  const byCode = input.redirectUri !== null;
  return [
    ...imports(input),
    '',
    `CLIENT_ID = ${q(input.clientId)}`,
    ...(input.redirectUri === null ? [] : [`REDIRECT_URI = ${q(input.redirectUri)}`]),
    '',
    ...POST,
    '',
    ...token(input),
    '',
    ...ask(input),
    '',
    ...(byCode ? codeFlow(input) : []),
    ...(input.actsAsItself ? ownFlow(input) : []),
  ]
    .join('\n')
    .trimEnd();
}

function imports({ auth, redirectUri }: SnippetInput): string[] {
  const byCode = redirectUri !== null;
  const names = [
    ...(auth === 'client_secret_basic' || byCode ? ['base64'] : []),
    ...(byCode ? ['hashlib', 'hmac'] : []),
    'json',
    ...(auth.startsWith('client_secret') ? ['os'] : []),
    ...(byCode || auth === 'private_key_jwt' ? ['secrets'] : []),
    ...(auth === 'private_key_jwt' ? ['time'] : []),
    'urllib.parse',
    'urllib.request',
  ];
  const jwt = auth === 'private_key_jwt' ? ['', 'import jwt  # pip install "pyjwt[crypto]"'] : [];
  return [...names.map((name) => `import ${name}`), ...jwt];
}

const POST = [
  'def post(url, body, headers):',
  '    request = urllib.request.Request(url, body.encode(), headers)',
  '    with urllib.request.urlopen(request, timeout=30) as answer:',
  '        return json.load(answer)',
  '',
];

function token({ tokenUrl, auth, issuer, alg, kid, words }: SnippetInput): string[] {
  const secret = `secret = os.environ["TEGATA_CLIENT_SECRET"]  # ${words.secret}`;
  const header = kid === '' ? '' : `, headers={"kid": ${q(kid)}}`;
  const lines: Readonly<Record<SnippetInput['auth'], readonly string[]>> = {
    client_secret_basic: [
      secret,
      'pair = f"{CLIENT_ID}:{urllib.parse.quote_plus(secret)}"',
      'headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()',
    ],
    client_secret_post: [secret, 'fields |= {"client_id": CLIENT_ID, "client_secret": secret}'],
    private_key_jwt: [
      `key = open("private-key.pem").read()  # ${words.key}`,
      'now = int(time.time())',
      `claims = {"iss": CLIENT_ID, "sub": CLIENT_ID, "aud": ${q(issuer)},`,
      '          "jti": secrets.token_hex(16), "iat": now, "exp": now + 60}',
      'fields |= {',
      '    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",',
      `    "client_assertion": jwt.encode(claims, key, algorithm=${q(alg)}${header}),`,
      '}',
    ],
    none: ['fields |= {"client_id": CLIENT_ID}'],
  };
  return [
    'def token(**fields):',
    '    headers = {"Content-Type": "application/x-www-form-urlencoded"}',
    ...lines[auth].map((line) => `    ${line}`),
    `    return post(${q(tokenUrl)}, urllib.parse.urlencode(fields), headers)`,
    '',
  ];
}

const ask = ({ apiUrl, words }: SnippetInput): string[] => [
  `# ${words.call}`,
  'def ask(access_token, query):',
  '    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {access_token}"}',
  `    return post(${q(apiUrl)}, json.dumps({"query": query}), headers)`,
  '',
];

const codeFlow = ({ authorizeUrl, scope, mayRefresh, query, words }: SnippetInput): string[] => [
  `# ${words.login}`,
  'state, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(32)',
  'digest = hashlib.sha256(verifier.encode()).digest()',
  'parameters = {',
  '    "response_type": "code",',
  '    "client_id": CLIENT_ID,',
  '    "redirect_uri": REDIRECT_URI,',
  `    "scope": ${q(scope)},`,
  '    "state": state,',
  '    "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),',
  '    "code_challenge_method": "S256",',
  '}',
  `print(${q(`${authorizeUrl}?`)} + urllib.parse.urlencode(parameters))`,
  '',
  `# ${words.back}`,
  'query = urllib.parse.urlsplit(input("> ")).query',
  'answer = dict(urllib.parse.parse_qsl(query))',
  'if not hmac.compare_digest(answer.get("state", ""), state) or "code" not in answer:',
  '    raise SystemExit(answer.get("error", "state"))',
  'tokens = token(grant_type="authorization_code", code=answer["code"],',
  '               redirect_uri=REDIRECT_URI, code_verifier=verifier)',
  `print(ask(tokens["access_token"], ${q(query)}))`,
  '',
  ...(mayRefresh
    ? [
        `# ${words.refresh}`,
        'tokens = token(grant_type="refresh_token", refresh_token=tokens["refresh_token"])',
        '',
      ]
    : []),
];

const ownFlow = ({ scope, query, words }: SnippetInput): string[] => [
  `# ${words.own}`,
  `tokens = token(grant_type="client_credentials", scope=${q(scope)})`,
  `print(ask(tokens["access_token"], ${q(query)}))`,
];
