/**
 * The style sheets, script and pictures of the admin, read once at start. A URL carries the hash of its content, so what
 * it names never changes and may be cached for ever.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '../base/bytes.ts';
import type { Paths } from './paths.ts';

export type Asset = {
  readonly url: string;
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
};

/** URLs for the pages. */
export type AssetUrls = {
  readonly bootstrap: string;
  readonly style: string;
  readonly script: string;
  readonly icon: string;
  readonly explorerStyle: string;
  readonly explorerScript: string;
};

export type Assets = { readonly urls: AssetUrls; readonly byUrl: ReadonlyMap<string, Asset> };

export const ASSET_CACHE_CONTROL = 'public, max-age=31536000, immutable';

const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
// src/admin and dist/admin lie equally deep, so the same step leads to the package's own folder.
const own = (name: string): string => fileURLToPath(new URL(`../../assets/${name}`, import.meta.url));

export function loadAssets(paths: Paths): Assets {
  // What lies in vendor/ is put there by scripts/bundle.ts.
  const bootstrap = load(paths, 'bootstrap.css', own('vendor/bootstrap.css'), CSS);
  const style = load(paths, 'tegata.css', own('tegata.css'), CSS);
  const script = load(paths, 'tegata.js', own('tegata.js'), SCRIPT);
  const icon = load(paths, 'tegata.svg', own('tegata.svg'), 'image/svg+xml');
  const explorerStyle = load(paths, 'explorer.css', own('vendor/explorer.css'), CSS);
  const explorerScript = load(paths, 'explorer.js', own('vendor/explorer.js'), SCRIPT);
  const all = [bootstrap, style, script, icon, explorerStyle, explorerScript];
  return {
    urls: {
      bootstrap: bootstrap.url,
      style: style.url,
      script: script.url,
      icon: icon.url,
      explorerStyle: explorerStyle.url,
      explorerScript: explorerScript.url,
    },
    byUrl: new Map(all.map((asset) => [asset.url, asset])),
  };
}

function load(paths: Paths, name: string, file: string, type: string): Asset {
  // The source map is not served; a browser's developer tools would ask for it in vain.
  const text = readFileSync(file, 'utf8').replace(/\/\*# sourceMappingURL=.*?\*\/\s*$/, '');
  const hash = sha256Hex(text).slice(0, 16);
  return { url: paths.asset(hash, name), body: Buffer.from(text), type, etag: `"${hash}"` };
}
