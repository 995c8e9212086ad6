import { expect, test } from '@jest/globals'
import { comparedAddress, nameSiteFile } from './site-files.ts'

test.each([
  ['/api/runs', 'runs.js'],
  ['/api/abilities', 'abilities.js'],
  ['/api/runs/one', 'one/run.js'],
  ['/api/runs/one/matrix', 'one/matrix.js'],
  ['/api/runs/one/samples/a-v2/3', 'one/items/a-v2.js'],
  ['/api/runs/one/attempts/a', 'one/items/a.js'],
  ['/api/runs/one/expected/a', 'one/expected/a.js'],
  [comparedAddress('one'), 'one/compared.js'],
  ['/api/tasks', undefined],
  ['/api/runs/one/report.html', undefined],
  ['/api/runs/..', undefined],
  ['/api/runs/one/expected/..', undefined],
  ['/api/runs/one/samples/..%2Fx/0', undefined],
  ['/api/runs/https:', undefined],
])('nameSiteFile names the file for %s', (address, file) => {
  expect(nameSiteFile(address)).toBe(file)
})
