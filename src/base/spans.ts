/**
 * OpenTelemetry spans (https://opentelemetry.io/docs/specs/otel/trace/api/). Where no SDK runs, which is the default, a span is
 * nothing and costs nothing worth counting. Attributes are words of protocols and ids, never what a person wrote or is.
 */
import { type Attributes, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('tegata');

/** Does `act` in a span of its own below the one that is on; what it throws marks the span and is thrown on. */
export function inSpan<Result>(
  name: string,
  attributes: Attributes,
  act: (span: Span) => Promise<Result>,
  kind: SpanKind = SpanKind.INTERNAL,
): Promise<Result> {
  return tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      return await act(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
