import { Runtime, type RuntimeOptions } from '@temporalio/worker'
import { messageOf } from '../../domain/message-of.ts'
import { WorkerLogger } from '../worker-logger.ts'

/**
 * Sets up Temporal's SDK for this process. With a port, Prometheus metrics are served at `http://127.0.0.1:<port>/metrics`,
 * Temporal's own and ours; where the port is taken, by another worker for example, work goes on without them.
 */
export function installRuntime(metricsPort: number | undefined, note: (line: string) => void): Runtime {
  const options: RuntimeOptions = { logger: new WorkerLogger('WARN'), shutdownSignals: [] }
  if (metricsPort === undefined) return Runtime.install(options)
  try {
    return Runtime.install({ ...options, telemetryOptions: serveMetrics(metricsPort) })
  } catch (error) {
    note(`this worker serves no metrics, because it cannot listen on 127.0.0.1:${metricsPort}: ${messageOf(error)}`)
    return Runtime.install(options)
  }
}

/** Loopback only: metrics name providers and tasks. */
function serveMetrics(port: number): NonNullable<RuntimeOptions['telemetryOptions']> {
  return {
    metrics: {
      prometheus: {
        bindAddress: `127.0.0.1:${port}`,
        countersTotalSuffix: true,
        useSecondsForDurations: true,
        histogramBucketOverrides: Object.fromEntries(
          Object.entries(buckets).map(([name, bounds]) => [`arcloom_${name}_seconds`, bounds]),
        ),
      },
    },
  }
}

/** Upper bounds in seconds. */
const buckets: Readonly<Record<string, number[]>> = {
  gate_wait: [0.01, 0.1, 1, 5, 15, 60, 300, 1800],
  answer: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1200],
  program: [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
  store_write: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 10],
  activity_start: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 5, 30, 300],
}
