/**
 * Part of `npm run build`: sbom.cdx.json, every package that a shop gets with Tegata, in CycloneDX 1.6: what the bundles hold,
 * and what npm installs beside them. Without a time and a serial number: the same packages make the same file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { SHIPPED, shippedIn } from './shipped.ts';

type Locked = { version: string; license?: string; integrity?: string; dev?: boolean; devOptional?: boolean };

const ROOT = join(import.meta.dirname, '..');
const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};

const bom = new Models.Bom();
bom.metadata.component = component('tegata', { version: own.version, license: own.license }, 'program');
for (const { name, locked, places } of shipped().values()) {
  bom.components.add(component(name, locked, [...places].join(', ')));
}
for (const { bomRef } of bom.components) bom.metadata.component.dependencies.add(bomRef);
const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
const text = serializer.serialize(bom, { sortLists: true, space: 1 });
writeFileSync(join(ROOT, 'sbom.cdx.json'), `${text}\n`);

type Shipped = { name: string; locked: Locked; places: Set<string> };

/** Each package once, with the places where it is found: folders of the bundles, or beside them. */
function shipped(): Map<string, Shipped> {
  const found = new Map<string, Shipped>();
  const add = (path: string, place: string) => {
    const name = path.split('node_modules/').at(-1) ?? path;
    const locked = lockedAt(path);
    const places = found.get(`${name} ${locked.version}`)?.places ?? new Set();
    found.set(`${name} ${locked.version}`, { name, locked, places: places.add(place) });
  };
  for (const made of SHIPPED) for (const path of shippedIn(made)) add(path, made);
  for (const [path, { dev, devOptional }] of Object.entries(lock.packages)) {
    if (path.startsWith('node_modules/') && !dev && !devOptional) add(path, 'node_modules');
  }
  return found;
}

function lockedAt(path: string): Locked {
  const locked = lock.packages[path];
  if (locked === undefined) throw new Error(`${path} is in a bundle, but not in package-lock.json`);
  if (locked.license !== undefined) return locked;
  // The entries that complete-lock adds name no licence: it is that of the package which they are a part of.
  return { ...locked, license: licenceOfFamily(path) };
}

function licenceOfFamily(path: string): string {
  const family = path.replace(/-(?:android|darwin|freebsd|linux|linuxmusl|webcontainers|win32)[\w-]*$/, '');
  const like = Object.entries(lock.packages).find(
    ([other, { license }]) => license && other.startsWith(family),
  );
  if (like?.[1].license === undefined) throw new Error(`no licence is known of ${path}`);
  return like[1].license;
}

function component(
  fullName: string,
  { version, license, integrity }: Locked,
  where: string,
): Models.Component {
  const [group, name] = fullName.startsWith('@') ? fullName.split('/') : [undefined, fullName];
  const purl = `pkg:npm/${fullName.replace('@', '%40')}@${version}`;
  const made = new Models.Component(Enums.ComponentType.Library, name ?? fullName, {
    ...(group !== undefined && { group }),
    version,
    purl,
    bomRef: purl,
  });
  if (where === 'program') made.type = Enums.ComponentType.Application;
  else made.properties.add(new Models.Property('tegata:in', where));
  if (license !== undefined) made.licenses.add(licenceNamed(license));
  const sum = integrity?.replace(/^sha512-/, '');
  if (sum) made.hashes.set(Enums.HashAlgorithm['SHA-512'], Buffer.from(sum, 'base64').toString('hex'));
  return made;
}

function licenceNamed(name: string): Models.License {
  return / (?:AND|OR|WITH) /.test(name) ? new Models.LicenseExpression(name) : new Models.SpdxLicense(name);
}
