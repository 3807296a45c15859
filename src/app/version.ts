import { readFileSync } from 'node:fs';

/** The version that package.json states; the file is one folder up from the source and from the built program alike. */
export const VERSION: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version;
