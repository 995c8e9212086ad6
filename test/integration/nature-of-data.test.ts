import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createDatasetFile } from '../../src/adapters/datasets/dataset-file.ts'
import { createProgressFile } from '../../src/adapters/datasets/progress-file.ts'
import { readDataset } from '../../src/adapters/datasets/read-dataset.ts'
import { readRegistry, type Registry } from '../../src/adapters/models/registry/read-registry.ts'
import { createTraceStore } from '../../src/adapters/traces/trace-store.ts'
import { symmetries } from '../../src/domain/grids/transforms/symmetry.ts'
import { providerNames } from '../../src/domain/providers/providers.ts'
import { recipeNames } from '../../src/domain/recipes/find-recipe.ts'
import type { Outcome } from '../../src/domain/recipes/recipe.ts'
import type { RunStateName } from '../../src/domain/runs/run.ts'
import type { RunKind } from '../../src/domain/runs/specification.ts'
import type { Verdict } from '../../src/domain/runs/verdict.ts'
import type { Resolution } from '../../src/domain/scores/tally-item.ts'
import { solverNames } from '../../src/domain/solvers/solvers.ts'
import { readProgramsOfFile } from '../../src/runs/verifying/read-programs-of-file.ts'
import { createChecker } from '../support/described-data/check-value.ts'
import { parsePage, type DescribedSection } from '../support/described-data/parse-page.ts'
import { writeEveryFile } from '../support/described-data/write-every-file.ts'
import { openTestBench } from '../support/test-bench.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = await readFile(join(root, 'data/nature_of_data.md'), 'utf8')
const sections = parsePage(page)

function sectionOf(anchor: string): DescribedSection {
  const section = sections.find((each) => each.anchor === anchor)
  if (section === undefined) throw new RangeError(`data/nature_of_data.md has no section #${anchor}`)
  return section
}

/** The example of a section; the first one if there are several. */
function exampleOf(anchor: string): string {
  const [example] = sectionOf(anchor).examples
  if (example === undefined) throw new RangeError(`section #${anchor} of data/nature_of_data.md has no example`)
  return example
}

function isJson(path: string): boolean {
  return /\.(jsonl?|log)$/.test(path)
}

/** A document, or the lines of a file with lines. */
function parseAll(text: string, path: string): unknown[] {
  if (!/\.(jsonl|log)$/.test(path)) return [JSON.parse(text)]
  return text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

describe('an example on the page', () => {
  const withExamples = sections.filter(({ examples }) => examples.length > 0)

  test.each(withExamples)('of "$title" has the fields of its table, with their types', ({ files, holds, examples }) => {
    const { check } = createChecker(sections)
    const documents = examples.flatMap((example) => parseAll(example, files[0] ?? ''))
    expect(documents.flatMap((document) => check(holds, document, 'example'))).toEqual([])
  })

  test('exists for every kind of JSON file', () => {
    const bare = sections.filter(({ files, examples, holds, anchor }) => {
      const isShownElsewhere = holds.kind === 'section' && holds.anchor !== anchor
      return files.some(isJson) && examples.length === 0 && !isShownElsewhere
    })
    // They hold metadata and entries, which have examples of their own; backups are copies.
    expect(bare.map(({ title }) => title)).toEqual(['Backups', 'Results files', 'Verification results'])
  })
})

describe('the code that reads files accepts the example of', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'arcloom-examples-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** Writes an example as the file it describes. */
  const put = async (name: string, text: string) => {
    const path = join(folder, name)
    await writeFile(path, text)
    return path
  }

  test('a task', async () => {
    const { tasks, ...reading } = await readDataset(await put('upside-down.json', exampleOf('task-files')))
    expect(reading).toMatchObject({ faults: [] })
    expect(tasks).toMatchObject([{ taskId: 'upside-down', version: 0 }])
  })

  test('versions', async () => {
    const entries = await createDatasetFile(await put('dataset.json', exampleOf('versions'))).read()
    expect(entries).toEqual(JSON.parse(exampleOf('versions')))
  })

  test('traces', async () => {
    const traces = await createTraceStore(await put('traces_store.json', exampleOf('traces')), '').read()
    expect(traces).toEqual(JSON.parse(exampleOf('traces')))
  })

  test('progress', async () => {
    const progress = await createProgressFile(await put('progress.json', exampleOf('progress'))).read()
    expect(progress).toEqual(JSON.parse(exampleOf('progress')))
  })

  test('models', async () => {
    const { providers, ...entries } = JSON.parse(exampleOf('models')) as {
      readonly providers: { readonly local: { readonly limits: object } }
    }
    expect(await readExampleModels()).toMatchObject(
      Object.entries(entries as Record<string, { readonly provider: string }>).map(([key, entry]) => ({
        key,
        ...entry,
        ...(entry.provider === 'local' && { providerLimits: providers.local.limits }),
      })),
    )
  })

  test.each(['results-entry', 'verification-entry'])('results: %s', async (anchor) => {
    const metadata: unknown = JSON.parse(exampleOf('metadata'))
    const results = sectionOf(anchor).examples.map((example): unknown => JSON.parse(example))
    const path = await put(`${anchor}.json`, JSON.stringify({ metadata, results }))
    const { items, faults } = await readProgramsOfFile(path)
    expect(faults).toEqual([])
    expect(items).toMatchObject([{ task: { taskId: 'upside-down' }, programs: [{}, {}] }])
  })
})

describe('everything that Arcloom writes', () => {
  const { check, listUnseen } = createChecker(sections)
  /** Paths below the data folder, with their texts. */
  let written: ReadonlyMap<string, string>
  let faults: readonly string[]
  beforeAll(async () => {
    const bench = await openTestBench()
    try {
      await writeEveryFile(bench)
      written = await readFolder(bench.config.dataDir)
    } finally {
      await bench.close()
    }
    // A run stores a model as the registry gives it; the fields that people write are shown in its example.
    const models = await readExampleModels()
    faults = [
      ...[...written].flatMap(([path, text]) => checkFile(path, text)),
      ...models.flatMap((model) => check(sectionOf('model').holds, model, 'a model')),
      ...['task-files', 'models'].flatMap((anchor) =>
        check(sectionOf(anchor).holds, JSON.parse(exampleOf(anchor)), anchor),
      ),
    ]
  })

  function checkFile(path: string, text: string): string[] {
    const section = findSection(path)
    if (section === undefined || !isJson(path) || path.startsWith('.state/')) return []
    return parseAll(text, path).flatMap((document) => check(section.holds, document, path))
  }

  test('is in files that the page names', () => {
    expect([...written.keys()].filter((path) => findSection(path) === undefined)).toEqual([])
  })

  test('includes every file that the page names, except those described elsewhere', () => {
    const paths = [...written.keys()]
    const missing = sections.flatMap(({ files }) => files).filter((file) => !paths.some((path) => isNamed(path, file)))
    const fromElsewhere = [/^tasks\//, /^datasets\//, /^exports\//, /^fingerprints\//, /^traces\.json$/, /^\.\.\//]
    expect(missing.filter((file) => !fromElsewhere.some((pattern) => pattern.test(file)))).toEqual([])
  })

  test('has no field that the page does not name, and each with its type', () => {
    expect(faults).toEqual([])
  })

  test('has every field that the page names', () => {
    expect(listUnseen()).toEqual([])
  })
})

async function readExampleModels(): Promise<Registry> {
  const folder = await mkdtemp(join(tmpdir(), 'arcloom-registry-'))
  try {
    await writeFile(join(folder, 'models.json'), exampleOf('models'))
    return await readRegistry(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function findSection(path: string): DescribedSection | undefined {
  return sections.find(({ files }) => files.some((file) => isNamed(path, file)))
}

/** Words in capitals stand for any part of a name; a folder stands for everything in it. */
function isNamed(path: string, file: string): boolean {
  if (file.endsWith('/')) return path.startsWith(file)
  const pattern = file.replaceAll(/[.]/g, '\\.').replaceAll(/[A-Z]{2,}/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(path)
}

async function readFolder(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const texts = await Promise.all(
    paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const),
  )
  return new Map(texts)
}

/** Types do not exist at run time; these lists must be complete to compile. */
const words = {
  outcomes: { answered: 0, refused: 0, truncated: 0, unparseable: 0, rejected: 0 } satisfies Record<Outcome, 0>,
  verdicts: {
    correct: 0,
    wrong: 0,
    'invalid-output': 0,
    error: 0,
    memory: 0,
    'cpu-timeout': 0,
    'wall-timeout': 0,
    crash: 0,
    forbidden: 0,
    'no-answer': 0,
    'output-flood': 0,
    'not-run': 0,
  } satisfies Record<Verdict, 0>,
  states: {
    running: 0,
    paused: 0,
    complete: 0,
    interrupted: 0,
    cancelled: 0,
    'budget-reached': 0,
    failed: 0,
  } satisfies Record<RunStateName, 0>,
  resolutions: {
    solved: 0,
    'right-not-chosen': 0,
    'no-right-candidate': 0,
    'not-recorded': 0,
  } satisfies Record<Resolution, 0>,
  kinds: { benchmark: 0, generation: 0, verification: 0 } satisfies Record<RunKind, 0>,
}

test.each(Object.entries(words))('the page lists all %s', (anchor, known) => {
  expect(sectionOf(anchor).values.toSorted()).toEqual(Object.keys(known).sort())
})

test.each([
  ['recipes', recipeNames],
  ['providers', providerNames],
  ['solvers', solverNames],
])('the page lists all %s', (anchor, names) => {
  expect(sectionOf(anchor).values).toEqual(names)
})

test('the page names all symmetries', () => {
  expect(symmetries.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('the links within the page work, and every section can be reached from its top', () => {
  const anchors = sections.map(({ anchor }) => anchor)
  const linked = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)
  expect(linked.filter((anchor) => anchor !== undefined && !anchors.includes(anchor))).toEqual([])
  const files = sections.filter((section) => section.files.length > 0)
  const top = page.slice(0, page.indexOf('\n## '))
  expect(files.filter(({ anchor }) => !top.includes(`(#${anchor})`)).map(({ title }) => title)).toEqual([])
})
