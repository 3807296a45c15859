/**
 * OpenTelemetry's SDK, by its own variables (https://opentelemetry.io/docs/languages/sdk-configuration/), when they ask for
 * traces. The package is not part of Tegata: most shops never load it.
 */
import { CommandError } from './failure.ts';

export type Telemetry = {
  readonly on: boolean;
  /** Sends what waits. Never throws: a collector that is gone holds up no stop. */
  stop(): Promise<void>;
};

const OFF: Telemetry = { on: false, stop: async () => {} };

/** @throws CommandError when traces are asked for and the SDK is not installed. */
export async function startTelemetry(environment: NodeJS.ProcessEnv): Promise<Telemetry> {
  if (!wantsTraces(environment)) return OFF;
  const { NodeSDK } = await loadSdk();
  // Of the SDK's own choice one detector sends the command line.
  environment.OTEL_NODE_RESOURCE_DETECTORS ??= 'env,host,serviceinstance';
  const sdk = new NodeSDK({
    serviceName: environment.OTEL_SERVICE_NAME ?? 'tegata',
    // Traces alone; Prometheus reads the metrics, and the log is standard output.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [],
  });
  sdk.start();
  return { on: true, stop: () => sdk.shutdown().catch(() => {}) };
}

function wantsTraces(environment: NodeJS.ProcessEnv): boolean {
  if (environment.OTEL_SDK_DISABLED === 'true' || environment.OTEL_TRACES_EXPORTER === 'none') return false;
  return ['OTEL_TRACES_EXPORTER', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'].some(
    (name) => environment[name],
  );
}

async function loadSdk() {
  try {
    return await import('@opentelemetry/sdk-node');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new CommandError(
      'OTEL_… asks for traces, and the SDK is not installed: npm install @opentelemetry/sdk-node beside tegata, or set OTEL_SDK_DISABLED=true',
    );
  }
}
