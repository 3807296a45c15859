/** Traces, by OpenTelemetry's own variables and SDK, to a collector that takes OTLP as JSON. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Program, runProgram, startProgram } from '../support/program.ts';

const LIMIT_MS = 60_000;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

type OtlpSpan = {
  readonly name: string;
  readonly traceId: string;
  readonly kind: number;
  readonly attributes: { readonly key: string; readonly value: { readonly stringValue?: string } }[];
};
type OtlpRequest = {
  readonly resourceSpans: {
    readonly resource: { readonly attributes: OtlpSpan['attributes'] };
    readonly scopeSpans: { readonly spans: OtlpSpan[] }[];
  }[];
};

const sent: string[] = [];
const collector = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    if (request.url === '/v1/traces') sent.push(Buffer.concat(parts).toString());
    response.setHeader('content-type', 'application/json').end('{}');
  });
});
let program: Program;
beforeAll(async () => {
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  program = await startProgram({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    },
  });
}, LIMIT_MS);
afterAll(async () => {
  await program.stop();
  collector.close();
});

const batches = () => sent.flatMap((text) => (JSON.parse(text) as OtlpRequest).resourceSpans);
const spans = () => batches().flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
const attributeOf = (span: OtlpSpan, key: string) => span.attributes.find((one) => one.key === key)?.value;

test('a request is a span of its caller’s trace, named by its route; no query and no secret leaves with it', async () => {
  await fetch(`${program.url}/token?code=not-to-be-told`, {
    method: 'POST',
    headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code: 'secret-code-1' }),
  });
  await expect
    .poll(() => spans().find(({ name }) => name === 'POST /token'), { timeout: 10_000 })
    .toBeDefined();
  const span = spans().find(({ name }) => name === 'POST /token')!;
  expect([span.traceId, span.kind]).toEqual([TRACE, 2]);
  expect(attributeOf(span, 'http.route')).toEqual({ stringValue: '/token' });
  expect(attributeOf(span, 'tegata.request_id')?.stringValue).toMatch(/^[0-9a-f]+$/);
  expect(sent.join('')).not.toMatch(/not-to-be-told|secret-code-1|127\.0\.0\.1/);
});

test('the resource is named as the variables say, without a command line', () => {
  const [first] = batches();
  const named = Object.fromEntries(
    first!.resource.attributes.map(({ key, value }) => [key, value.stringValue]),
  );
  expect(named).toMatchObject({ 'service.name': 'tegata', 'deployment.environment.name': 'test' });
  expect(Object.keys(named).filter((key) => key.startsWith('process.'))).toEqual([]);
});

test(
  'a collector that is gone holds up no stop, and without the variables nothing is sent',
  async () => {
    const off = await startProgram({ env: { OTEL_SDK_DISABLED: 'true', OTEL_TRACES_EXPORTER: 'otlp' } });
    const before = sent.length;
    await fetch(`${off.url}/health`);
    expect(await off.stop()).toBe(0);
    const lost = await startProgram({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' } });
    await fetch(`${lost.url}/health`);
    expect(await lost.stop()).toBe(0);
    expect(sent.length).toBe(before);
    expect((await runProgram(['--version'], { OTEL_TRACES_EXPORTER: 'otlp' })).code).toBe(0);
  },
  LIMIT_MS,
);
