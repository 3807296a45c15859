/** A client in C# for .NET 8 and newer, without packages; `Microsoft.IdentityModel.JsonWebTokens` when it signs. */
import type { SnippetInput } from './input.ts';

const q = (text: string): string => JSON.stringify(text);

export function csharp(input: SnippetInput): string {
  return [
    ...usings(input),
    '',
    `const string ClientId = ${q(input.clientId)};`,
    ...(input.redirectUri === null ? [] : [`const string RedirectUri = ${q(input.redirectUri)};`]),
    'using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };',
    '',
    ...(input.redirectUri === null ? [] : [...codeFlow(input), '']),
    ...(input.actsAsItself ? [...ownFlow(input), ''] : []),
    ...SEND,
    '',
    ...token(input),
    '',
    ...ask(input),
  ]
    .join('\n')
    .trimEnd();
}

function usings({ auth, redirectUri }: SnippetInput): string[] {
  const byKey = auth === 'private_key_jwt';
  return [
    'using System.Net.Http.Headers;',
    'using System.Net.Http.Json;',
    ...(redirectUri !== null || byKey ? ['using System.Security.Cryptography;'] : []),
    ...(redirectUri !== null || auth === 'client_secret_basic' ? ['using System.Text;'] : []),
    'using System.Text.Json;',
    ...(redirectUri === null ? [] : ['using System.Web;']),
    ...(byKey
      ? [
          '// dotnet add package Microsoft.IdentityModel.JsonWebTokens',
          'using Microsoft.IdentityModel.JsonWebTokens;',
          'using Microsoft.IdentityModel.Tokens;',
        ]
      : []),
  ];
}

const SEND = [
  'async Task<JsonElement> Send(HttpRequestMessage request)',
  '{',
  '    using var answer = await http.SendAsync(request);',
  '    var data = await answer.Content.ReadFromJsonAsync<JsonElement>();',
  '    if (!answer.IsSuccessStatusCode) throw new HttpRequestException(data.ToString());',
  '    return data;',
  '}',
];

function token(input: SnippetInput): string[] {
  const { tokenUrl, words } = input;
  const secret = `var secret = Environment.GetEnvironmentVariable("TEGATA_CLIENT_SECRET")!; // ${words.secret}`;
  const lines: Readonly<Record<SnippetInput['auth'], readonly string[]>> = {
    client_secret_basic: [
      secret,
      'var pair = Encoding.UTF8.GetBytes($"{ClientId}:{Uri.EscapeDataString(secret)}");',
      'request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));',
    ],
    client_secret_post: [secret, 'fields["client_id"] = ClientId;', 'fields["client_secret"] = secret;'],
    private_key_jwt: assertion(input),
    none: ['fields["client_id"] = ClientId;'],
  };
  return [
    'async Task<JsonElement> Token(Dictionary<string, string> fields)',
    '{',
    `    var request = new HttpRequestMessage(HttpMethod.Post, ${q(tokenUrl)});`,
    ...lines[input.auth].map((line) => `    ${line}`),
    '    request.Content = new FormUrlEncodedContent(fields);',
    '    return await Send(request);',
    '}',
  ];
}

function assertion({ issuer, alg, kid, words }: SnippetInput): string[] {
  const elliptic = alg === 'ES256';
  const id = kid === '' ? '' : ` { KeyId = ${q(kid)} }`;
  return [
    `using var key = ${elliptic ? 'ECDsa' : 'RSA'}.Create();`,
    `key.ImportFromPem(await File.ReadAllTextAsync("private-key.pem")); // ${words.key}`,
    'fields["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";',
    'fields["client_assertion"] = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor',
    '{',
    '    Issuer = ClientId,',
    `    Audience = ${q(issuer)},`,
    '    IssuedAt = DateTime.UtcNow,',
    '    Expires = DateTime.UtcNow.AddSeconds(60),',
    '    Claims = new Dictionary<string, object> { ["sub"] = ClientId, ["jti"] = Guid.NewGuid().ToString("N") },',
    `    SigningCredentials = new SigningCredentials(new ${elliptic ? 'ECDsa' : 'Rsa'}SecurityKey(key)${id}, ${q(alg)}),`,
    '});',
  ];
}

const ask = ({ apiUrl, words }: SnippetInput): string[] => [
  `// ${words.call}`,
  'async Task<JsonElement> Ask(string accessToken, string query)',
  '{',
  `    var request = new HttpRequestMessage(HttpMethod.Post, ${q(apiUrl)});`,
  '    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);',
  '    request.Content = JsonContent.Create(new { query });',
  '    return await Send(request);',
  '}',
];

const codeFlow = ({ authorizeUrl, scope, mayRefresh, query, words }: SnippetInput): string[] => [
  `// ${words.login}`,
  'static string Random(int bytes) => Convert.ToHexString(RandomNumberGenerator.GetBytes(bytes)).ToLowerInvariant();',
  'var (state, verifier) = (Random(16), Random(32));',
  'var hash = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));',
  'var parameters = HttpUtility.ParseQueryString("");',
  'parameters["response_type"] = "code";',
  'parameters["client_id"] = ClientId;',
  'parameters["redirect_uri"] = RedirectUri;',
  `parameters["scope"] = ${q(scope)};`,
  'parameters["state"] = state;',
  "parameters[\"code_challenge\"] = hash.TrimEnd('=').Replace('+', '-').Replace('/', '_');",
  'parameters["code_challenge_method"] = "S256";',
  `Console.WriteLine($"${authorizeUrl}?{parameters}");`,
  '',
  `// ${words.back}`,
  'var back = HttpUtility.ParseQueryString(new Uri(Console.ReadLine()!).Query);',
  'if (back["state"] != state || back["code"] is not { } code) throw new Exception(back["error"] ?? "state");',
  'var tokens = await Token(new()',
  '{',
  '    ["grant_type"] = "authorization_code",',
  '    ["code"] = code,',
  '    ["redirect_uri"] = RedirectUri,',
  '    ["code_verifier"] = verifier,',
  '});',
  `Console.WriteLine(await Ask(tokens.GetProperty("access_token").GetString()!, ${q(query)}));`,
  ...(mayRefresh
    ? [
        '',
        `// ${words.refresh}`,
        'tokens = await Token(new()',
        '{',
        '    ["grant_type"] = "refresh_token",',
        '    ["refresh_token"] = tokens.GetProperty("refresh_token").GetString()!,',
        '});',
      ]
    : []),
];

const ownFlow = ({ scope, query, words }: SnippetInput): string[] => [
  `// ${words.own}`,
  `var own = await Token(new() { ["grant_type"] = "client_credentials", ["scope"] = ${q(scope)} });`,
  `Console.WriteLine(await Ask(own.GetProperty("access_token").GetString()!, ${q(query)}));`,
];
