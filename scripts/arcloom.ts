#!/usr/bin/env -S sh -c 'exec "$(dirname "$(readlink -f "$0")")/../node_modules/.bin/node" --disable-warning=ExperimentalWarning "$0" "$@"'
// The line above finds the project's own Node, whichever the machine has, and silences the warning of node:sqlite.
import '../src/stack/parts/cache-compiled-code.ts'

// Only modules imported from here on come from the cache.
const { main } = await import('../src/cli/main.ts')

await main(process.argv.slice(2))
