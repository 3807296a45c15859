/** What is told of a document by its text alone; in doubt a mutation counts as one that may not be sent twice. */

const LEFT_OUT = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g;

/** True: sent twice, the document does no more than once, since it only reads or each of its mutations is named. */
export function isRepeatableText(document: string, variables: Readonly<Record<string, unknown>>): boolean {
  const text = document.replace(LEFT_OUT, '""');
  // Before the word may be whatever GraphQL passes over, a comma or a description; a variable of the name is none.
  if (!/(?<![\w$@])mutation\b/.test(text)) return true;
  const names = [...text.matchAll(/\bclientMutationId\s*:\s*\$(\w+)/g)].map(
    ([, name = '']) => variables[name],
  );
  const isNamed = names.every((name) => name !== undefined && name !== null);
  return isNamed && new Set(names).size === names.length && names.length === rootFields(text);
}

/** Fields at the root of all operations and fragments; infinitely many where a fragment stands there. */
function rootFields(text: string): number {
  let [braces, brackets, count] = [0, 0, 0];
  for (const [token] of text.matchAll(/[{}()]|\.\.\.|[@$]?\w+(?:\s*:)?/g)) {
    if (token === '{') braces += brackets === 0 ? 1 : 0;
    else if (token === '}') braces -= brackets === 0 ? 1 : 0;
    else if (token === '(') brackets += 1;
    else if (token === ')') brackets -= 1;
    else if (braces === 1 && brackets === 0 && token === '...') return Number.POSITIVE_INFINITY;
    else if (braces === 1 && brackets === 0 && /^\w+$/.test(token)) count += 1;
  }
  return count;
}
