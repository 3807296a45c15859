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
  const lookUp = (name: string, written: string): string => env[name] ?? values[name] ?? written;
  for (const [, name = '', single, double, bare = ''] of text.matchAll(LINE)) {
    const inQuotes = double?.replace(ESCAPE_OR_REFERENCE, (all, escaped, to) =>
      escaped === undefined ? lookUp(to, all) : (ESCAPED[escaped] ?? escaped),
    );
    values[name] = single ?? inQuotes ?? bare.trim().replace(REFERENCE, (all, to) => lookUp(to, all));
  }
  return values;
}
