#!/usr/bin/env -S sh -c 'exec "$(dirname "$(readlink -f "$0")")/../node_modules/.bin/node" --disable-warning=ExperimentalWarning "$0" "$@"'
// The line above finds the project's own Node whatever the machine's is, and keeps node:sqlite from announcing itself.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Types are stripped once per change of a file, not at each call. Where nothing can be written, Node does without.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/arcloom', import.meta.url)))
const { main } = await import('../src/cli/main.ts')

await main(process.argv.slice(2))
