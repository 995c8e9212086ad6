import { expect, test } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/*
 * The filter allows by number. A wrong number would allow another call than the one meant, so both tables are compared with
 * those of libseccomp, which has nothing in common with ours. (Debian: apt-get install seccomp)
 */

const architectures = ['x86_64', 'aarch64'] as const
const zygote = fileURLToPath(new URL('../../sandbox/zygote.py', import.meta.url))

const script = `
import importlib.util, json, sys
specification = importlib.util.spec_from_file_location('zygote', sys.argv[1])
zygote = importlib.util.module_from_spec(specification)
specification.loader.exec_module(zygote)
print(' '.join((zygote.ALLOWED + zygote.EXAMINED + zygote.DEADLY).split()))
`

/** `openat=257/56`; `-` where an architecture has no such call. */
function readTables(): { readonly name: string; readonly numbers: readonly string[] }[] {
  const entries = execFileSync('/usr/bin/python3', ['-c', script, zygote], { encoding: 'utf8' }).trim().split(' ')
  return entries.map((entry) => {
    const [name = '', numbers = ''] = entry.split('=')
    return { name, numbers: numbers.split('/') }
  })
}

const hasResolver = spawnSync('scmp_sys_resolver', ['-a', 'x86_64', 'read']).status === 0
const title = 'every number in the tables is that of the call it stands beside'

// The resolver answers with a negative number where an architecture has no such call.
;(hasResolver ? test : test.skip)(
  hasResolver ? title : `${title} (skipped: scmp_sys_resolver is not installed)`,
  () => {
    for (const { name, numbers } of readTables()) {
      const resolved = architectures.map((architecture) => {
        const number = execFileSync('scmp_sys_resolver', ['-a', architecture, name], { encoding: 'utf8' }).trim()
        return number.startsWith('-') ? '-' : number
      })
      expect({ name, numbers }).toEqual({ name, numbers: resolved })
    }
  },
)

test('no call stands in two tables', () => {
  const names = readTables().map(({ name }) => name)
  expect(names.length).toBeGreaterThan(100)
  expect(new Set(names).size).toBe(names.length)
})
