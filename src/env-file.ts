/** An EC-CUBE `.env` file, as PHP's dotenv reads it: quotes, escapes in double quotes, `${NAME}` for what was set before. */

const LINE =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(?:'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|([^#\r\n]*))/gm;
const ESCAPE_OR_REFERENCE = /\\([\s\S])|\$\{(\w+)\}/g;
const REFERENCE = /\$\{(\w+)\}/g;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The variables of the file; a reference prefers the real environment, as the variables themselves do. */
export function parseEnvFile(text: string, env: NodeJS.ProcessEnv): Record<string, string> {
  const values: Record<string, string> = {};
  // What is set nowhere stays as it is written.
  const valueOf = (name: string, written: string): string => env[name] ?? values[name] ?? written;
  for (const [, name = '', single, double, bare = ''] of text.matchAll(LINE)) {
    if (single !== undefined) values[name] = single;
    else if (double === undefined) values[name] = bare.trim().replace(REFERENCE, (all, to) => valueOf(to, all));
    else {
      values[name] = double.replace(ESCAPE_OR_REFERENCE, (all, escaped, to) =>
        escaped === undefined ? valueOf(to, all) : (ESCAPED[escaped] ?? escaped),
      );
    }
  }
  return values;
}
