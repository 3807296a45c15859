/**
 * The style sheets, script and pictures of the admin, read once by a process. A URL carries the hash of its content, so
 * what it names never changes and may be cached for ever.
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

type AssetFile = Omit<Asset, 'url'> & { readonly name: string; readonly hash: string };

type AssetFiles = Readonly<Record<keyof AssetUrls, AssetFile>>;

export type Assets = { readonly urls: AssetUrls; readonly byUrl: ReadonlyMap<string, Asset> };

export const ASSET_CACHE_CONTROL = 'public, max-age=31536000, immutable';

const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
// src/admin and dist/admin lie equally deep, so the same step leads to the package's own folder.
const own = (name: string): string => fileURLToPath(new URL(`../../assets/${name}`, import.meta.url));

let known: AssetFiles | undefined;

/** For all addresses at which they are served. */
function assetFiles(): AssetFiles {
  known ??= readFiles();
  return known;
}

const readFiles = (): AssetFiles => ({
  // What lies in vendor/ is put there by scripts/bundle.ts.
  bootstrap: read('bootstrap.css', own('vendor/bootstrap.css'), CSS),
  style: read('tegata.css', own('tegata.css'), CSS),
  script: read('tegata.js', own('tegata.js'), SCRIPT),
  icon: read('tegata.svg', own('tegata.svg'), 'image/svg+xml'),
  explorerStyle: read('explorer.css', own('vendor/explorer.css'), CSS),
  explorerScript: read('explorer.js', own('vendor/explorer.js'), SCRIPT),
});

export function loadAssets(paths: Paths): Assets {
  const entries = Object.entries(assetFiles()).map(([key, { hash, name, ...file }]) => [
    key,
    { ...file, url: paths.asset(hash, name) },
  ]) as [keyof AssetUrls, Asset][];
  return {
    urls: Object.fromEntries(entries.map(([key, { url }]) => [key, url])) as AssetUrls,
    byUrl: new Map(entries.map(([, asset]) => [asset.url, asset])),
  };
}

function read(name: string, file: string, type: string): AssetFile {
  const body = readFileSync(file);
  const hash = sha256Hex(body).slice(0, 16);
  return { name, hash, body, type, etag: `"${hash}"` };
}
