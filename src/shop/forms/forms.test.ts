/** Values as EC-CUBE's forms prepare, judge and purify them; the examples are what EC-CUBE 4.3 took, refused and stored. */
import { expect, test } from 'vitest';
import { formText, halfWidth, kanaText, withoutHyphens } from './prepare.ts';
import { purifiedHtml } from './purify.ts';
import {
  digits,
  email,
  firstFault,
  kana,
  maxLength,
  minLength,
  notBlank,
  passwordLetters,
  trackingNumber,
  twig,
  url,
} from './rules.ts';

test.each([
  [notBlank, ['x', 0, false], ['', null], '入力されていません。'],
  [maxLength(3), ['𠮷𠮷𠮷', ''], ['abcd'], '値が長すぎます。3文字以内でなければなりません。'],
  [minLength(12), ['a'.repeat(12)], ['a'.repeat(11)], '値が短すぎます。12文字以上でなければなりません。'],
  [digits, ['0123', null], ['-1', '1.5', 'x'], '数字で入力してください。'],
  [kana, ['ヤマダ', 'ｶﾅ'], ['やまだ', '山田'], 'カタカナで入力してください。'],
  [
    email,
    ['a@example.com', 'a..b.@example.com'],
    ['a', 'a@b', 'a b@example.com', 'あ@example.com'],
    '有効なメールアドレスではありません。',
  ],
  [url, ['https://example.com/n'], ['example', 'javascript:alert(1)'], '有効なURLではありません。'],
  [
    twig,
    [
      '<p>{1}</p>',
      '{{ url("x}}") }}',
      '{% if a %}{{ b }}{% endif %}',
      '{# {{ #}',
      '{% set a = 1 %}',
      '{%- for a in b -%}{%- endfor -%}',
    ],
    ['{{ foo', '{% if a %}', '{% endif %}', '{% for a in b %}{% endif %}', '{# x', '{{ }}', '{{ "}}'],
    'Twigのフォーマットが正しくありません。',
  ],
  [trackingNumber, ['1234-ABcd', ''], ['12 34', '１２'], '半角英数字かハイフンのみを入力してください。'],
  [
    passwordLetters,
    ['abc123'],
    ['abcdef', '123456', 'パスワード12345abcde'],
    '英数字をそれぞれ1種類使用してください。',
  ],
])('rule %#', (rule, good, bad, message) => {
  for (const value of good) expect(rule(value), String(value)).toBeUndefined();
  for (const value of bad) expect(rule(value)?.ja, String(value)).toBe(message);
});

test('one message a field: the first', () => {
  expect(firstFault([notBlank, maxLength(1)], '')?.en).toBe('This value should not be blank.');
  expect(firstFault([notBlank, maxLength(1)], 'ab')?.en).toContain('too long');
  expect(firstFault([notBlank, maxLength(1)], 'a')).toBeUndefined();
});

test('what is typed is prepared', () => {
  expect([formText('　いちご　\u0000'), formText('　'), formText(null)]).toEqual(['いちご', null, null]);
  expect(halfWidth('ＡＢ－１２')).toBe('AB-12');
  expect(withoutHyphens('０９０-1234－5678')).toBe('09012345678');
  expect(kanaText('やまだ')).toBe('ヤマダ');
});

test.each([
  [
    'what runs or loads goes, what is written stays',
    '<p onclick="x()">国産<b>ジャム</b></p><script>alert(1)</script><a href="javascript:alert(1)">a</a><a href="https://example.com/" target="_blank">b</a><iframe src="https://example.com"></iframe> A & B < C',
    '<p>国産<b>ジャム</b></p><a>a</a><a href="https://example.com/">b</a> A &amp; B &lt; C',
  ],
  ['a picture is named by its file', '<img src="/x.png" onerror="y()">', '<img src="/x.png" alt="x.png" />'],
  ['a picture of data is none', '<img src="data:image/png;base64,AAAA">', ''],
  [
    'names of things in the page go',
    '<div class="x" id="y" data-z="1">自由{{ 1 }}欄</div><a name="n" rel="nofollow" href="/x" class="c">L</a>',
    '<div class="x">自由{{ 1 }}欄</div><a href="/x" class="c">L</a>',
  ],
  [
    'forms, styles, films and comments go; tables, lists and fonts stay',
    '<table border="1"><tr><td colspan="2">表</td></tr></table><video src="v.mp4" controls></video><style>p{}</style><form><input name="a"></form><br><font color="red">F</font><ul><li>1</li></ul>&nbsp;&copy;\r\n改行<!-- c -->',
    '<table border="1"><tr><td colspan="2">表</td></tr></table><br /><font color="red">F</font><ul><li>1</li></ul>\u00a0©\n改行',
  ],
  [
    'a style neither leaves its place nor loads',
    '<span style="font-size:20px;position:absolute;background:url(//evil.example/x);width:expression(alert(1));color:rgb(1, 2, 3)">s</span>',
    '<span style="font-size:20px;color:rgb(1, 2, 3)">s</span>',
  ],
  [
    'Twig stays',
    '{% set a = 1 %}{{ a }}<a href="{{ url(\'homepage\') }}">TOP</a>',
    '{% set a = 1 %}{{ a }}<a href="{{ url(\'homepage\') }}">TOP</a>',
  ],
  ['an SVG is nothing', '<svg onload="x()"><script>y()</script></svg><math><mi>a</mi></math>', 'a'],
  [
    'an address in disguise',
    '<a href="java\tscript:alert(1)">a</a><a href="&#106;avascript:alert(1)">b</a>',
    '<a>a</a><a>b</a>',
  ],
])('%s', (_what, html, stored) => {
  expect(purifiedHtml(html)).toBe(stored);
  expect(purifiedHtml(stored)).toBe(stored);
});
