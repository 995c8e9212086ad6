import { readConfig } from '../../../src/config.ts'
import { ensureStack } from '../../../src/stack/ensure-stack.ts'

/* A command that needs the stack until it is killed. Its one argument is the supervisor's program. */

const [program = ''] = process.argv.slice(2)
await ensureStack(readConfig(), { keep: false, program, onProgress: () => {} })
console.log('holds')
setInterval(() => {}, 60_000)
