/**
 * Whether a text holds Twig that the shop can compile, as far as its brackets and blocks go: a free area that it cannot
 * compile takes the product's page down. Expressions are not looked into.
 */

const CLOSING = { '{{': '}}', '{%': '%}', '{#': '#}' } as const;

/** Those that hold others until their `end…`. `set` and `block` do only without a value. */
const BLOCKS: ReadonlySet<string> = new Set(
  'apply autoescape block embed for if macro sandbox set spaceless verbatim with'.split(' '),
);

export function isTwig(text: string): boolean {
  const open: string[] = [];
  let at = 0;
  while (true) {
    const start = nextOpening(text, at);
    if (start === -1) return open.length === 0;
    const bracket = text.slice(start, start + 2) as keyof typeof CLOSING;
    const end = endOf(text, start + 2, CLOSING[bracket], bracket !== '{#');
    if (end === -1) return false;
    const inside = text
      .slice(start + 2, end)
      .replace(/^[-~]|[-~]$/g, '')
      .trim();
    if (bracket === '{{' && inside === '') return false;
    if (bracket === '{%' && !judgeTag(open, inside)) return false;
    at = end + 2;
  }
}

function nextOpening(text: string, from: number): number {
  for (let at = text.indexOf('{', from); at !== -1; at = text.indexOf('{', at + 1)) {
    if (text.slice(at, at + 2) in CLOSING) return at;
  }
  return -1;
}

/** Where a bracket is closed; one in quotes closes nothing. */
function endOf(text: string, from: number, closing: string, hasQuotes: boolean): number {
  if (!hasQuotes) return text.indexOf(closing, from);
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at] as string;
    if (quote !== '') {
      if (letter === '\\') at += 1;
      else if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (text.startsWith(closing, at)) return at;
  }
  return -1;
}

function judgeTag(open: string[], inside: string): boolean {
  const name = /^[a-z_]+/i.exec(inside)?.[0] ?? '';
  if (name === '') return false;
  if (name.startsWith('end') && BLOCKS.has(name.slice(3))) return open.pop() === name.slice(3);
  if (!BLOCKS.has(name)) return true;
  const isShort =
    (name === 'set' && inside.includes('=')) || (name === 'block' && /^block\s+\w+\s+\S/.test(inside));
  if (!isShort) open.push(name);
  return true;
}
