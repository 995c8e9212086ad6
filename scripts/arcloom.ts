#!/usr/bin/env -S sh -c 'exec "$(dirname "$(readlink -f "$0")")/../node_modules/.bin/node" --disable-warning=ExperimentalWarning "$0" "$@"'
// The line above finds the project's own Node whatever the machine's is, and keeps node:sqlite from announcing itself.
import '../src/stack/parts/cache-compiled-code.ts'

// Only what is imported from here on comes from the cache.
const { main } = await import('../src/cli/main.ts')

await main(process.argv.slice(2))
