import type { MetricMeter } from '@temporalio/common'

/** What a worker counts for `/metrics`, beside what Temporal's SDK counts there (`docs/metrics.md`). */
export type Metrics = ReturnType<typeof createMetrics>

/** Names follow Prometheus: a unit at the end, in base units. */
export function createMetrics(meter: MetricMeter) {
  const seconds = (name: string, description: string) => meter.createHistogram(name, 'float', 's', description)
  return {
    requests: meter.createCounter('arcloom_requests', undefined, 'Requests sent to providers, by what came of them'),
    tokens: meter.createCounter('arcloom_tokens', undefined, 'Tokens of answers as counted by the provider, by kind'),
    microdollars: meter.createCounter(
      'arcloom_cost_microdollars',
      undefined,
      'Known cost of requests, in USD / 1,000,000',
    ),
    programs: meter.createCounter('arcloom_programs', undefined, 'Programs run in the sandbox'),
    activities: meter.createCounter('arcloom_activities', undefined, 'Activities that ended, by type and result'),
    gateSeconds: seconds('arcloom_gate_wait_seconds', 'Wait of a request for its turn at the provider'),
    answerSeconds: seconds('arcloom_answer_seconds', 'From sending a request until its answer is complete'),
    programSeconds: seconds('arcloom_program_seconds', 'A program on all of its inputs, in the sandbox'),
    writeSeconds: seconds('arcloom_store_write_seconds', 'Writing one file of a run, durable on the disk'),
    startSeconds: seconds('arcloom_activity_start_seconds', 'Wait of an activity on the server before it begins'),
    waiting: meter.createGauge('arcloom_requests_waiting', 'int', undefined, 'Requests that wait for their turn'),
    inFlight: meter.createGauge('arcloom_requests_in_flight', 'int', undefined, 'Requests sent and not answered yet'),
    running: meter.createGauge('arcloom_programs_running', 'int', undefined, 'Programs in the sandbox'),
    places: meter.createGauge('arcloom_sandbox_places', 'int', undefined, 'Programs that may run at once'),
    timerDelay: meter.createGauge('arcloom_timer_delay_seconds', 'float', 's', 'How late timers fire, 99th percentile'),
    busy: meter.createGauge('arcloom_busy_ratio', 'float', undefined, 'Share of the time in which JavaScript ran'),
    memory: meter.createGauge('arcloom_resident_memory_bytes', 'int', 'By', 'Resident memory of the worker'),
  }
}
