import { hashCode } from '../adapters/hash-code.ts'
import { readConfig, type Environment } from '../config.ts'
import type { OperationContext } from '../operations/open-session.ts'
import { openResults, openRunStore } from '../runs/open-run-store.ts'
import { createGateReader } from '../runs/read-gate.ts'
import type { RunSurroundings } from '../runs/run-documents.ts'
import { readBottleneck } from '../stack/state/read-bottleneck.ts'
import { readStackStatus } from '../stack/state/read-stack-status.ts'
import { terminalColumns } from './terminal/terminal-columns.ts'

/** What every command works with. Created once per process. */
export interface CliContext extends OperationContext {
  readonly surroundings: RunSurroundings
  /** Results, on stdout. */
  readonly print: (text: string) => void
  /** Columns of the terminal on stdout; Infinity for a file or a pipe, whose readers want whole lines. */
  readonly columns: number
}

/** @param typed flags that override environment variables, by the variables' names. */
export function createContext(typed: Environment = {}): CliContext {
  const config = readConfig(undefined, { typed })
  return {
    config,
    store: openRunStore(config, `client-${process.pid}`),
    surroundings: {
      results: openResults(config),
      findTemporalUi: () => readStackStatus(config).status?.addresses.temporalUi,
      readBottleneck: () => readBottleneck(config),
      readGate: createGateReader(config),
      // Only lists need it, and it reads all of the code.
      get code() {
        return hashCode()
      },
    },
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    columns: terminalColumns(),
  }
}
