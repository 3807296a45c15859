/** deploy/helm, rendered by Helm itself, where that is installed: what a cluster would be given, for several shops. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { hasProgram } from '../scripts/programs.ts';
import { scratchFolder } from './support/scratch.ts';

const CHART = join(import.meta.dirname, '../deploy/helm/tegata');

type Claimed = { name: string; persistentVolumeClaim?: { claimName: string } };
type Container = { args?: string[]; image: string; env?: object[]; envFrom: object[] };
type Manifest = {
  kind: string;
  metadata: { name: string };
  data?: Record<string, unknown>;
  spec?: Record<string, unknown> & {
    strategy?: { type: string };
    template?: {
      spec: { containers: Container[]; initContainers: Container[]; volumes: Claimed[] } & Record<
        string,
        unknown
      >;
    };
  };
};

// Debian has no Helm; GitHub's machines have (the job “container” in ci.yml).
describe.runIf(hasProgram('helm'))('the chart', () => {
  const folder = scratchFolder('tegata-chart-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const helm = (command: readonly string[], values: object) => {
    const file = join(folder, 'values.yaml');
    writeFileSync(file, stringify(values));
    return spawnSync('helm', [...command, CHART, '--values', file], { encoding: 'utf8' });
  };
  const render = (values: object): Map<string, Manifest> => {
    const { stdout, stderr } = helm(['template', 'shop'], values);
    expect(stderr).toBe('');
    const documents = parseAllDocuments(stdout);
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    return new Map(documents.map((one) => one.toJS() as Manifest).map((one) => [one.kind, one]));
  };
  const podOf = (manifests: Map<string, Manifest>) => manifests.get('Deployment')?.spec?.template?.spec;
  const claimsOf = (manifests: Map<string, Manifest>) =>
    podOf(manifests)?.volumes.flatMap(({ name, persistentVolumeClaim: claim }) =>
      claim ? [`${name}: ${claim.claimName}`] : [],
    );

  test('Helm finds nothing wrong with it', () => {
    const { status, stdout } = helm(['lint', '--strict'], {});
    expect([status, stdout]).toEqual([0, expect.stringContaining('0 chart(s) failed')]);
  });

  test('as it comes: one pod with a volume of its own for the keys', () => {
    const made = render({});
    expect([...made.keys()].sort()).toEqual(['ConfigMap', 'Deployment', 'PersistentVolumeClaim', 'Service']);
    expect(made.get('Deployment')?.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(claimsOf(made)).toEqual(['data: shop-data']);
    expect(made.get('PersistentVolumeClaim')?.metadata.name).toBe('shop-data');
    const { initContainers, containers } = podOf(made) ?? {};
    expect(initContainers?.[0]?.args).toEqual(['migrate', 'apply']);
    expect(containers?.[0]?.image).toBe(initContainers?.[0]?.image);
  });

  test('with everything: nodes that share their keys, an ingress, images, and a place of its own', () => {
    const made = render({
      replicas: 3,
      config: { TEGATA_KEYS: 'database', PUBLIC_URL: 'https://api.a.example' },
      existingSecret: 'tegata-secrets',
      imagePullSecrets: [{ name: 'registry' }],
      images: { existingClaim: 'save-image' },
      ingress: {
        enabled: true,
        className: 'nginx',
        host: 'api.a.example',
        tlsSecret: 'tls',
        annotations: { a: 'b' },
      },
      podAnnotations: {},
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'a', operator: 'Exists' }],
      affinity: { podAntiAffinity: {} },
      topologySpreadConstraints: [{ maxSkew: 1 }],
    });
    expect([...made.keys()].sort()).toEqual(['ConfigMap', 'Deployment', 'Ingress', 'Service']);
    expect(made.get('Deployment')?.spec).toMatchObject({ replicas: 3, strategy: { type: 'RollingUpdate' } });
    expect(claimsOf(made)).toEqual(['images: save-image']);
    expect(podOf(made)).toMatchObject({
      imagePullSecrets: [{ name: 'registry' }],
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'a', operator: 'Exists' }],
      topologySpreadConstraints: [{ maxSkew: 1 }],
    });
    expect(podOf(made)?.containers[0]).toMatchObject({
      env: [{ name: 'TEGATA_IMAGE_DIR', value: '/images' }],
      envFrom: [{ configMapRef: { name: 'shop' } }, { secretRef: { name: 'tegata-secrets' } }],
    });
    expect(made.get('Ingress')?.spec).toMatchObject({
      ingressClassName: 'nginx',
      tls: [{ hosts: ['api.a.example'], secretName: 'tls' }],
    });
  });

  test('variables reach the pods as they were written, numbers and switches as well', () => {
    const made = render({
      config: {
        PORT: 3000,
        TEGATA_DRAIN: 0,
        TEGATA_METRICS: true,
        TEGATA_LIMIT: 100000000,
        A: 'x: "y"\n#',
        B: '',
        GONE: null,
      },
    });
    // Kubernetes refuses a value that is no string.
    expect(made.get('ConfigMap')?.data).toEqual({
      PUBLIC_URL: 'https://api.shop.example',
      PORT: '3000',
      TEGATA_DRAIN: '0',
      TEGATA_METRICS: 'true',
      TEGATA_LIMIT: '100000000',
      A: 'x: "y"\n#',
      B: '',
    });
  });

  test('several pods without keys that they share are refused, with what to set', () => {
    const { status, stderr } = helm(['template', 'shop'], { replicas: 2 });
    expect(status).not.toBe(0);
    expect(stderr).toContain('set config.TEGATA_KEYS to database');
    for (const persistence of [{ accessMode: 'ReadWriteMany' }, { existingClaim: 'keys' }]) {
      expect(claimsOf(render({ replicas: 2, persistence }))).toHaveLength(1);
    }
  });
});
