import { expect, test } from '@jest/globals'
import { completeModel } from '../../adapters/models/registry/registry-schema.ts'
import { MalformedInput } from '../../domain/malformed-input.ts'
import { judgeKeys, judgeRegistry } from './check-models.ts'

const registry = [
  completeModel('A', { provider: 'openrouter', id: 'a' }),
  completeModel('B', { provider: 'openai', id: 'b' }),
  completeModel('C', { provider: 'openrouter', id: 'c' }),
  completeModel('D', { provider: 'local', id: 'd' }),
]
const files = ['/arcloom/models.json', '/arcloom/arcloom.models.json']

test('models in a valid registry are counted', () => {
  expect(judgeRegistry({ files, registry })).toMatchObject({
    ok: true,
    found: '4 in models.json and arcloom.models.json',
  })
})

test('an invalid registry is reported with the command that opens it', () => {
  const fault = new MalformedInput('/arcloom/arcloom.models.json', 'MINE.provider', 'one of … is needed')
  expect(judgeRegistry({ files, registry: fault })).toMatchObject({
    ok: false,
    required: true,
    found: expect.stringContaining('MINE.provider'),
    mend: `"\${EDITOR:-vi}" '/arcloom/arcloom.models.json'`,
  })
})

test('a missing key is a warning, with the models that need it', () => {
  expect(judgeKeys(registry, { origins: new Map([['OPENAI_API_KEY', '.env']]), apiKey: () => 'sk-0123' })).toEqual([
    {
      name: 'key',
      ok: false,
      required: false,
      needed: 'to ask A, C',
      found: 'OPENROUTER_API_KEY is not set',
      mend: 'export OPENROUTER_API_KEY=…   # or the same line in .env',
    },
    { name: 'key', ok: true, required: true, needed: 'to ask B', found: 'OPENAI_API_KEY is set in .env', mend: null },
  ])
})

test.each([
  ['“sk-0123456789”', /typographic quotation mark/],
  ['sk-0123\n456789', /a line break/],
  ['"sk-0123456789"', /a quotation mark/],
])('a key that is set and cannot be sent (%j) is named, and not shown', (key, words) => {
  const [, check] = judgeKeys(registry, { origins: new Map([['OPENAI_API_KEY', '.env']]), apiKey: () => key })
  expect(check).toMatchObject({ ok: false, required: false, mend: expect.stringContaining('OPENAI_API_KEY=') })
  expect(check?.found).toMatch(/^OPENAI_API_KEY is set in \.env but cannot be sent: /)
  expect(check?.found).toMatch(words)
  expect(check?.found).not.toContain('0123')
})
