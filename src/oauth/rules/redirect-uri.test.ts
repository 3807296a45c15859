import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerUrl,
  matchesRegistered,
  nearestDifference,
  registrationFault,
  splitUris,
  type UriFault,
} from './redirect-uri.ts';

describe('what may be registered', () => {
  test.each([
    'https://client.example/callback',
    'https://client.example',
    'https://client.example:8443/cb?tenant=7',
    'http://localhost:3000/cb',
    'http://127.0.0.1/cb',
    'http://[::1]:9000/cb',
    `https://client.example/${'x'.repeat(1900)}`,
  ])('%s', (uri) => {
    expect(registrationFault(uri, false)).toBeUndefined();
    expect(registrationFault(uri, true)).toBeUndefined();
  });

  test('a private-use scheme, for public clients only', () => {
    expect(registrationFault('com.example.app:/cb', true)).toBeUndefined();
    expect(registrationFault('com.example.app:/cb', false)).toBe('private-scheme-confidential');
  });

  const refused: [string, UriFault][] = [
    ['http://client.example/cb', 'http-not-loopback'],
    ['http://127.0.0.1.evil.example/cb', 'http-not-loopback'],
    ['http://localhost.evil.example/cb', 'http-not-loopback'],
    ['http://10.0.0.1/cb', 'http-not-loopback'],
    ['https://client.example/*', 'wildcard'],
    ['https://*.client.example/cb', 'wildcard'],
    ['https://client.example/cb#x', 'fragment'],
    ['https://client.example/cb#', 'fragment'],
    ['https://user@client.example/cb', 'user-info'],
    ['https://user:pass@client.example/cb', 'user-info'],
    ['https://@client.example/cb', 'user-info'],
    ['https://client.example/cb?code=1', 'response-parameter'],
    ['https://client.example/cb?a=1&st%61te=x', 'response-parameter'],
    ['https://client.example/cb?iss=x', 'response-parameter'],
    ['https://client.example/cb?error=', 'response-parameter'],
    ['https://client.example/c b', 'white-space'],
    ['https://client.example/cb\u0000', 'white-space'],
    ['https://client.example/cb\t', 'white-space'],
    [`https://client.example/${'x'.repeat(2000)}`, 'too-long'],
    ['javascript:alert(1)', 'scheme-refused'],
    ['data:text/html,x', 'scheme-refused'],
    ['file:///etc/passwd', 'scheme-refused'],
    ['myapp:/cb', 'scheme-refused'],
    ['ftp://client.example/cb', 'scheme-refused'],
    ['/callback', 'not-a-uri'],
    ['client.example/callback', 'not-a-uri'],
    ['https:client.example/cb', 'not-a-uri'],
    ['https:///client.example/cb', 'not-a-uri'],
    ['https:\\\\client.example/cb', 'not-a-uri'],
    ['https://client.example\\@evil.example/cb', 'user-info'],
    ['https://', 'not-a-uri'],
    ['https://client.example;sandbox/cb', 'not-a-uri'],
    ["https://client.example'/cb", 'not-a-uri'],
    ['https://例え.example/cb', 'not-a-uri'],
    ['https://client.example/戻る', 'not-a-uri'],
  ];

  describe('BCP-09, ADV-07: http beyond loopback, wildcards, hidden answer parameters and nonsense are refused', () => {
    test.each(refused)('%j: %s', (uri, fault) => {
      expect(registrationFault(uri, true)).toBe(fault);
      expect(registrationFault(uri, false)).toBe(fault);
    });
  });

  test('lines and commas separate, blanks and repetitions go', () => {
    const typed = ' https://a.example/1 \r\n\nhttps://a.example/2,https://a.example/1,,';
    expect(splitUris(typed)).toEqual(['https://a.example/1', 'https://a.example/2']);
  });
});

describe('what is the registered one', () => {
  test('BCP-01: any change of any URI that is no loopback address is a mismatch', () => {
    const change = fc.tuple(fc.webUrl({ validSchemes: ['https'] }), fc.string(), fc.string());
    fc.assert(
      fc.property(change, ([uri, before, after]) => {
        const changed = `${before}${uri}${after}`;
        expect(matchesRegistered(changed, [uri])).toBe(changed === uri);
      }),
    );
  });

  test('BCP-02: on a loopback IP address any port matches, whatever was registered', () => {
    const port = fc.integer({ min: 0, max: 65_535 });
    const host = fc.constantFrom('http://127.0.0.1', 'http://[::1]');
    fc.assert(
      fc.property(host, port, port, (at, registered, asked) => {
        expect(matchesRegistered(`${at}:${asked}/cb?a=1`, [`${at}:${registered}/cb?a=1`])).toBe(true);
        expect(matchesRegistered(`${at}:${asked}/cb`, [`${at}/cb`])).toBe(true);
        expect(matchesRegistered(`${at}:${asked}/cb/`, [`${at}:${registered}/cb`])).toBe(false);
      }),
    );
  });

  test('one loopback address is not another, and no list matches nothing', () => {
    expect(matchesRegistered('http://[::1]/cb', ['http://127.0.0.1/cb'])).toBe(false);
    expect(matchesRegistered('http://localhost:1/cb', ['http://localhost:2/cb'])).toBe(false);
    expect(matchesRegistered('https://client.example/cb', [])).toBe(false);
    expect(matchesRegistered('', [])).toBe(false);
  });
});

test('the difference to the nearest registered URI is named by component', () => {
  const registered = ['https://client.example/cb', 'http://localhost:3000/cb'];
  const differs = (uri: string) => nearestDifference(uri, registered);
  expect(differs('https://client.example/cb/')).toEqual({ nearest: registered[0], differs: ['path'] });
  expect(differs('http://localhost:3001/cb?x')).toEqual({
    nearest: registered[1],
    differs: ['port', 'query'],
  });
  expect(differs('HTTPS://client.example/cb')).toEqual({ nearest: registered[0], differs: ['text'] });
  expect(nearestDifference('x', [])).toBeUndefined();
});

test('an answer URL keeps the query that was there and encodes what is added', () => {
  expect(answerUrl('https://a.example/cb', { code: 'a b', state: null })).toBe(
    'https://a.example/cb?code=a+b',
  );
  expect(answerUrl('https://a.example/cb?x=%E9', { state: '&=#' })).toBe(
    'https://a.example/cb?x=%E9&state=%26%3D%23',
  );
});
