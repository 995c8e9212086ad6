import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { ActivityDependencies } from '../activities/dependencies.ts'
import { hashJson, hashText } from '../adapters/files/hash.ts'
import { createBatchClient } from '../adapters/models/batches/batch-client.ts'
import { openGates } from '../adapters/models/gates/create-gates.ts'
import { createPoolGates } from '../adapters/models/gates/pool/pool-gates.ts'
import { locateGateNotes } from '../adapters/models/gates/sharing/note-files.ts'
import { createModelClient } from '../adapters/models/model-client.ts'
import { createSandbox } from '../adapters/sandbox/create-sandbox.ts'
import { noLevels, sandboxLevels } from '../adapters/sandbox/open-first-zygote.ts'
import type { Sandbox } from '../adapters/sandbox/sandbox.ts'
import type { Config } from '../config.ts'
import type { Model } from '../domain/models/model-spec.ts'
import { findProvider } from '../domain/providers/providers.ts'
import type { SandboxChoice } from '../domain/runs/sandbox-choice.ts'
import { findSolver } from '../domain/solvers/solvers.ts'
import { openResults, openRunStore } from '../runs/open-run-store.ts'
import { readNumbers } from '../runs/read-numbers.ts'

/** Number of programs that run at once: one per core. */
export const sandboxSlots = availableParallelism()

/** A worker's real outside world: files, models over HTTP, the sandbox. */
export function createDependencies(
  config: Config,
  workerName: string,
): ActivityDependencies & { close(): Promise<void> } {
  const gates = openGates(locateGateNotes(config))
  const sandboxes = new Map<SandboxChoice, Promise<Sandbox>>()
  return {
    store: openRunStore(config, workerName),
    models: {
      client: createModelClient({ apiKey: config.apiKey }),
      batches: createBatchClient({ apiKey: config.apiKey }),
      gateOf: createPoolGates(gates.of),
      locate: (model) => locate(model, config),
    },
    sandbox(choice) {
      const levels = choice === 'none' ? noLevels : sandboxLevels
      const sandbox = sandboxes.get(choice) ?? createSandbox({ python: config.python, slots: sandboxSlots, levels })
      sandboxes.set(choice, sandbox)
      // The cause may be fixed before the next activity attempt.
      sandbox.catch(() => sandboxes.delete(choice))
      return sandbox
    },
    findSolver,
    results: openResults(config),
    readNumbers,
    hashText,
    hashJson,
    createId: randomUUID,
    maxOutageMs: config.maxOutageHours * 3_600_000,
    now: () => new Date(),
    async close() {
      await gates.close()
      const opened = await Promise.allSettled(sandboxes.values())
      await Promise.all(opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value.close()] : [])))
    },
  }
}

/** The stack's own model may have another port than when the run started; every other address is the registry's. */
function locate(model: Model, config: Config): Model {
  if (!findProvider(model.provider).runsHere) return model
  return { ...model, baseUrl: `http://127.0.0.1:${config.ports.baseline}/v1` }
}
