/** A client in C#, for .NET 8 and newer as it is; `Microsoft.IdentityModel.JsonWebTokens` when it signs. Plain enough for .NET Framework. */
import type { SnippetInput } from './input.ts';

const q = (text: string): string => JSON.stringify(text);

export function csharp(input: SnippetInput): string {
  const parts = [
    [...(input.redirectUri === null ? [] : codeFlow(input)), ...(input.actsAsItself ? ownFlow(input) : [])],
    SEND,
    token(input),
    ask(input),
    ...(input.redirectUri === null ? [] : [RANDOM]),
  ];
  const [main = [], ...methods] = parts;
  return [
    ...usings(input),
    '',
    'static class Program',
    '{',
    ...indented([
      `const string ClientId = ${q(input.clientId)};`,
      ...(input.redirectUri === null ? [] : [`const string RedirectUri = ${q(input.redirectUri)};`]),
      'static readonly HttpClient http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };',
      '',
      'static void Main() => Run().GetAwaiter().GetResult();',
      '',
      'static async Task Run()',
      '{',
      ...indented(withoutLastBlank(main)),
      '}',
      ...methods.flatMap((method) => ['', ...method]),
    ]),
    '}',
  ].join('\n');
}

const indented = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === '' ? '' : `    ${line}`));

const withoutLastBlank = (lines: readonly string[]): readonly string[] =>
  lines.at(-1) === '' ? lines.slice(0, -1) : lines;

function usings({ auth, redirectUri }: SnippetInput): string[] {
  const byKey = auth === 'private_key_jwt';
  return [
    'using System;',
    'using System.Collections.Generic;',
    ...(byKey ? ['using System.IO;'] : []),
    'using System.Net.Http;',
    'using System.Net.Http.Headers;',
    ...(redirectUri !== null || byKey ? ['using System.Security.Cryptography;'] : []),
    'using System.Text;',
    'using System.Text.Json;',
    'using System.Threading.Tasks;',
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
  'static async Task<JsonElement> Send(HttpRequestMessage request)',
  '{',
  '    using (var answer = await http.SendAsync(request))',
  '    {',
  '        var text = await answer.Content.ReadAsStringAsync();',
  '        if (!answer.IsSuccessStatusCode) throw new HttpRequestException(text);',
  '        return JsonDocument.Parse(text).RootElement;',
  '    }',
  '}',
];

function token(input: SnippetInput): string[] {
  const { tokenUrl, words } = input;
  const secret = `var secret = Environment.GetEnvironmentVariable("TEGATA_CLIENT_SECRET"); // ${words.secret}`;
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
    'static async Task<JsonElement> Token(Dictionary<string, string> fields)',
    '{',
    ...indented([
      `var request = new HttpRequestMessage(HttpMethod.Post, ${q(tokenUrl)});`,
      ...lines[input.auth],
      'request.Content = new FormUrlEncodedContent(fields);',
      'return await Send(request);',
    ]),
    '}',
  ];
}

function assertion({ issuer, alg, kid, words }: SnippetInput): string[] {
  const elliptic = alg === 'ES256';
  const id = kid === '' ? '' : ` { KeyId = ${q(kid)} }`;
  return [
    `var key = ${elliptic ? 'ECDsa' : 'RSA'}.Create();`,
    `key.ImportFromPem(File.ReadAllText("private-key.pem")); // ${words.key}`,
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
  'static async Task<JsonElement> Ask(JsonElement tokens, string query)',
  '{',
  `    var request = new HttpRequestMessage(HttpMethod.Post, ${q(apiUrl)});`,
  '    var accessToken = tokens.GetProperty("access_token").GetString();',
  '    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);',
  '    request.Content = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json");',
  '    return await Send(request);',
  '}',
];

const RANDOM = [
  'static string Random(int count)',
  '{',
  '    var bytes = new byte[count];',
  '    using (var source = RandomNumberGenerator.Create()) source.GetBytes(bytes);',
  '    return BitConverter.ToString(bytes).Replace("-", "").ToLowerInvariant();',
  '}',
];

const codeFlow = ({ authorizeUrl, scope, mayRefresh, query, words }: SnippetInput): string[] => [
  `// ${words.login}`,
  'var state = Random(16);',
  'var verifier = Random(32);',
  'byte[] hash;',
  'using (var sha256 = SHA256.Create()) hash = sha256.ComputeHash(Encoding.ASCII.GetBytes(verifier));',
  'var parameters = HttpUtility.ParseQueryString("");',
  'parameters["response_type"] = "code";',
  'parameters["client_id"] = ClientId;',
  'parameters["redirect_uri"] = RedirectUri;',
  `parameters["scope"] = ${q(scope)};`,
  'parameters["state"] = state;',
  "parameters[\"code_challenge\"] = Convert.ToBase64String(hash).TrimEnd('=').Replace('+', '-').Replace('/', '_');",
  'parameters["code_challenge_method"] = "S256";',
  `Console.WriteLine($"${authorizeUrl}?{parameters}");`,
  '',
  `// ${words.back}`,
  'var back = HttpUtility.ParseQueryString(new Uri(Console.ReadLine()).Query);',
  'if (back["state"] != state || back["code"] == null) throw new Exception(back["error"] ?? "state");',
  'var tokens = await Token(new Dictionary<string, string>',
  '{',
  '    ["grant_type"] = "authorization_code",',
  '    ["code"] = back["code"],',
  '    ["redirect_uri"] = RedirectUri,',
  '    ["code_verifier"] = verifier,',
  '});',
  `Console.WriteLine(await Ask(tokens, ${q(query)}));`,
  '',
  ...(mayRefresh
    ? [
        `// ${words.refresh}`,
        'tokens = await Token(new Dictionary<string, string>',
        '{',
        '    ["grant_type"] = "refresh_token",',
        '    ["refresh_token"] = tokens.GetProperty("refresh_token").GetString(),',
        '});',
        '',
      ]
    : []),
];

const ownFlow = ({ scope, query, words }: SnippetInput): string[] => [
  `// ${words.own}`,
  'var own = await Token(new Dictionary<string, string>',
  '{',
  '    ["grant_type"] = "client_credentials",',
  `    ["scope"] = ${q(scope)},`,
  '});',
  `Console.WriteLine(await Ask(own, ${q(query)}));`,
];
