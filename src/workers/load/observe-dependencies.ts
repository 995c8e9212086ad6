import type { ActivityDependencies } from '../../activities/dependencies.ts'
import type { Gate } from '../../adapters/models/gates/gate.ts'
import type { ModelClient, ModelReply } from '../../adapters/models/model-client.ts'
import type { Sandbox } from '../../adapters/sandbox/sandbox.ts'
import type { RunFolder, RunStore } from '../../adapters/stores/run-store.ts'
import type { TokenUsage } from '../../domain/models/model-spec.ts'
import type { Metrics } from './create-metrics.ts'
import type { Stages } from './measure-load.ts'

/** The same outside world, with everything that takes time measured. Activities know nothing of it. */
export function observeDependencies<Dependencies extends ActivityDependencies>(
  dependencies: Dependencies,
  stages: Stages,
  metrics: Metrics,
): Dependencies {
  const { models, sandbox, store } = dependencies
  return {
    ...dependencies,
    models: {
      ...models,
      client: observeClient(models.client, stages, metrics),
      gateOf: (model) => observeGate(models.gateOf(model), model.provider, stages, metrics),
    },
    sandbox: async (choice) => observeSandbox(await sandbox(choice), stages, metrics),
    store: observeStore(store, stages, metrics),
  }
}

function observeClient(client: ModelClient, { provider: stage }: Stages, metrics: Metrics): ModelClient {
  const observe = async (provider: string, signal: AbortSignal, ask: () => Promise<ModelReply>) => {
    const leave = stage.enter()
    const end = (result: 'answered' | 'failed' | 'cut off') => {
      metrics.answerSeconds.record(leave(), { provider })
      metrics.requests.add(1, { provider, result })
    }
    try {
      const reply = await ask()
      end('answered')
      countTokens(reply.usage, provider, metrics)
      return reply
    } catch (error) {
      end(signal.aborted ? 'cut off' : 'failed')
      throw error
    }
  }
  return {
    ...client,
    complete: (request, signal) => observe(request.model.provider, signal, () => client.complete(request, signal)),
    collect: (call, signal) => observe(call.model.provider, signal, () => client.collect(call, signal)),
  }
}

function countTokens(usage: TokenUsage, provider: string, { tokens }: Metrics): void {
  const { promptTokens, completionTokens, reasoningTokens, cacheReadTokens } = usage
  tokens.add(promptTokens ?? 0, { provider, kind: 'prompt' })
  tokens.add(completionTokens ?? 0, { provider, kind: 'completion' })
  // These two are parts of the others.
  tokens.add(reasoningTokens ?? 0, { provider, kind: 'reasoning' })
  tokens.add(cacheReadTokens ?? 0, { provider, kind: 'cached' })
}

function observeGate(gate: Gate, provider: string, { gate: stage }: Stages, metrics: Metrics): Gate {
  // Not spread: its counts are getters.
  return Object.create(gate, {
    enter: {
      value: async (...of: Parameters<Gate['enter']>) => {
        const leave = stage.enter()
        try {
          return await gate.enter(...of)
        } finally {
          metrics.gateSeconds.record(leave(), { provider })
        }
      },
    },
  }) as Gate
}

function observeSandbox(sandbox: Sandbox, { program: stage }: Stages, metrics: Metrics): Sandbox {
  return {
    facts: sandbox.facts,
    withstood: sandbox.withstood,
    async run(program, signal) {
      const leave = stage.enter()
      try {
        const report = await sandbox.run(program, signal)
        metrics.programSeconds.record(report.wallMs / 1000)
        return report
      } finally {
        leave()
        metrics.programs.add(1)
      }
    },
    close: () => sandbox.close(),
  }
}

function observeStore(store: RunStore, stages: Stages, metrics: Metrics): RunStore {
  const observed = new WeakMap<RunFolder, RunFolder>()
  return {
    ...store,
    async openRun(runId) {
      const folder = await store.openRun(runId)
      const known = observed.get(folder) ?? observeFolder(folder, stages, metrics)
      observed.set(folder, known)
      return known
    },
  }
}

/** The files that every sample waits for. */
function observeFolder(folder: RunFolder, { write: stage }: Stages, metrics: Metrics): RunFolder {
  const timed = async <Result>(file: string, write: () => Promise<Result>): Promise<Result> => {
    const leave = stage.enter()
    try {
      return await write()
    } finally {
      metrics.writeSeconds.record(leave(), { file })
    }
  }
  /** A settlement is written again after a crash; its cost was counted by the worker that sent it. */
  const sent = new Set<string>()
  return {
    ...folder,
    async reserveAnswer(key) {
      const place = await timed('room for an answer', () => folder.reserveAnswer(key))
      return { ...place, put: (answer) => timed('answer', () => place.put(answer)) }
    },
    putVerdicts: (...of) => timed('verdicts', () => folder.putVerdicts(...of)),
    putRecord: (record) => timed('record', () => folder.putRecord(record)),
    async appendLedger(line) {
      await timed('ledger', () => folder.appendLedger(line))
      if (line.type === 'sent') sent.add(line.request)
      if (line.type === 'settled' && sent.delete(line.request))
        metrics.microdollars.add(Math.round((line.cost_usd ?? 0) * 1e6))
    },
  }
}
