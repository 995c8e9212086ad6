#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { findPython } from '../../src/adapters/sandbox/find-python.ts'
import { learnAnswers, measurePeakBytes, takeTurn, type Turn } from './support/measure-graders.ts'
import { renderGraders, summarizeGraders, type GraderMeasurement } from './support/render-graders.ts'
import { contenders, freshPerProgram } from './support/sandbox-contenders.ts'

/*
 * What isolating programs costs: programs per second from Node to the parsed and compared answers, beside graders that protect
 * nothing, all with the same Python, the same programs and the same grids.
 *
 * The machine may be busy with other things. So in each repetition the contenders take turns of a fraction of a second, many
 * times and in a new order each time: what slows one slows the others. Ratios are taken within a repetition, and the median over
 * the repetitions is shown; times of single programs are over all repetitions. CPU time, of Node and of all processes of a
 * contender, is reliable on a busy machine, too.
 */

const { values } = parseArgs({
  options: {
    repetitions: { type: 'string', default: '7' },
    slots: { type: 'string', default: '1,2' },
    json: { type: 'boolean', default: false },
  },
})
const repetitions = Number(values.repetitions)
const turns = 2
/** Multiples of the number of programs, and of the slots. */
const programsPerTurn = { slow: 6, fast: 48 }

const { executable: python } = await findPython(undefined, undefined)
const loadBefore = loadavg()[0]

async function measure(slots: number): Promise<GraderMeasurement[]> {
  const peaks = new Map<string, number | undefined>()
  for (const contender of contenders) peaks.set(contender.name, await measurePeakBytes(contender, python, slots))
  const expected = await learnAnswers(await freshPerProgram.open(slots, python))
  const entries = await Promise.all(
    contenders.map(async (contender) => ({
      name: contender.name,
      programs: contender.isSlow ? programsPerTurn.slow : programsPerTurn.fast,
      grader: await contender.open(slots, python),
      repetitions: [] as Turn[][],
    })),
  )
  try {
    // Until the pages that forks share have settled, and Node has compiled its code.
    for (const { grader, programs } of entries) await takeTurn(grader, expected, programs, slots)
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      for (const entry of entries) entry.repetitions.push([])
      for (let turn = 0; turn < turns; turn += 1) {
        const first = (repetition * turns + turn) % entries.length
        for (const entry of [...entries.slice(first), ...entries.slice(0, first)])
          entry.repetitions.at(-1)?.push(await takeTurn(entry.grader, expected, entry.programs, slots))
      }
      process.stderr.write(
        `${slots} ${slots === 1 ? 'slot' : 'slots'}: repetition ${repetition + 1} of ${repetitions}\n`,
      )
    }
    return entries.map(({ name, repetitions }) => ({ name, slots, peakBytes: peaks.get(name), repetitions }))
  } finally {
    await Promise.all(entries.map(({ grader }) => grader.close()))
  }
}

const measured: GraderMeasurement[][] = []
for (const slots of values.slots.split(',').map(Number)) measured.push(await measure(slots))
const summaries = measured.flatMap(summarizeGraders)
const load = [loadBefore, loadavg()[0]]
if (values.json) {
  console.log(JSON.stringify({ python, repetitions, load, graders: summaries }, null, 2))
} else {
  const loads = load.map((average) => average?.toFixed(1)).join(' to ')
  console.log(`Programs on 4 grids of 30x30, ${repetitions} repetitions, load average ${loads}\n`)
  console.log(renderGraders(summaries))
}
