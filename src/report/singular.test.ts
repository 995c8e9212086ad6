import { expect, test } from '@jest/globals'
import { buildReport } from '../../test/support/build-report.ts'
import { buildPairs } from '../../test/support/build-run.ts'
import { renderReport } from './render-report.ts'
import { renderWholeReport } from './render-whole-report.ts'

const output = buildPairs(0).test[0]?.output ?? null
const several = /\b1 (tasks|runs|samples|programs|requests|cells|outputs|entries|have|hold)\b/

test.each([
  [
    'one program that spells out the output',
    buildReport([[{ passes: true, outputs: [output], program: JSON.stringify(output) }]]),
  ],
  ['one recorded task of two', buildReport([[{ passes: false, outputs: [[[5]]] }], []])],
  [
    'one explanation',
    buildReport([[{ grids: [] }]], {
      specification: { kind: 'generation', recipe: 'reasoning' },
      reasonings: ['Turn it.'],
    }),
  ],
])('a report of %s is in the singular', (_, report) => {
  const texts = [
    renderReport(report.document, 24, report.analysis),
    renderWholeReport(report, 'md'),
    renderWholeReport(report, 'html').replaceAll(/\s+/g, ' '),
  ]
  for (const text of texts) expect(several.exec(text)?.[0]).toBeUndefined()
})
