/**
 * A span for each request, named by its route (OpenTelemetry's semantic conventions for HTTP servers). Paths, queries and
 * addresses stay out: they may be someone's business.
 */
import {
  context,
  defaultTextMapGetter,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Before the other hooks, so that they are within the span. */
export function traceRequests(app: FastifyInstance): void {
  const tracer = trace.getTracer('tegata');
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook('onRequest', (request, _reply, done) => {
    const caller = propagation.extract(context.active(), request.headers, defaultTextMapGetter);
    const route = request.routeOptions.url;
    const attributes = {
      'http.request.method': request.method,
      'url.scheme': request.protocol,
      'tegata.request_id': request.id,
      ...(route !== undefined && { 'http.route': route }),
    };
    const name = route === undefined ? request.method : `${request.method} ${route}`;
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, caller);
    spans.set(request, span);
    context.with(trace.setSpan(caller, span), done);
  });
  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
  app.addHook('onRequestAbort', async (request) => {
    spans.get(request)?.setStatus({ code: SpanStatusCode.ERROR, message: 'the client went away' });
    spans.get(request)?.end();
  });
}
