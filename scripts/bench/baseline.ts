#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readDataset } from '../../src/adapters/datasets/read-dataset.ts'
import { searchAll } from './support/search-all.ts'
import { renderSolverReport, summarizeSearches } from './support/summarize-searches.ts'

/*
 * How much of a folder of tasks the baseline solves within one and two attempts, what a search costs, which operations contribute
 * most, and whether its confidence can be trusted.
 *
 * The searches run in threads that get each task as the prompt that a model gets; test outputs stay here, where answers are
 * compared with them.
 */

const { values } = parseArgs({
  options: {
    dataset: { type: 'string', default: fileURLToPath(new URL('../../data/tasks', import.meta.url)) },
    'task-ids': { type: 'string' },
    seconds: { type: 'string', default: '5' },
    threads: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'boolean', default: false },
  },
})

const { tasks, faults } = await readDataset(values.dataset)
for (const fault of faults) process.stderr.write(`${fault.message}\n`)
const wantedIds = values['task-ids']?.split(',')
const chosen = tasks.filter((task) => wantedIds?.includes(task.taskId) ?? true)
const searches = await searchAll(chosen, { threads: Number(values.threads), limitMs: 1000 * Number(values.seconds) })
const summary = summarizeSearches(chosen, searches)
console.log(values.json ? JSON.stringify(summary, null, 2) : renderSolverReport(summary))
