import { expect, test } from '@jest/globals'
import { buildReport } from '../../../test/support/build-report.ts'
import { compareSolved, pickJudged } from '../../domain/compare/rescoring.ts'
import { measureWidth } from '../terminal/display-width.ts'
import { renderRescoring } from './render-rescoring.ts'

const before = pickJudged(buildReport([[{ passes: true, outputs: [[[5]]] }]]).document)
const rescoring = {
  run_id: 'run',
  results_path: null,
  report_path: null,
  samples: 1,
  samples_changed: 1,
  programs_run_again: 1,
  verification: 'rescore-run-1',
  before,
  after: before,
  ...compareSolved(before, before),
}

test('one sample and one program are in the singular, several in the plural', () => {
  expect(renderRescoring(rescoring)).toMatch(
    /^run, .*: 1 of 1 sample changed; 1 program was run again, as rescore-run-1\.\n/,
  )
  expect(renderRescoring({ ...rescoring, samples: 3, samples_changed: 2, programs_run_again: 2 })).toMatch(
    /: 2 of 3 samples changed; 2 programs were run again/,
  )
})

test('no line is wider than the terminal', () => {
  const lines = renderRescoring(rescoring, 40).split('\n')
  expect(lines.filter((line) => measureWidth(line) > 40)).toEqual([])
})
