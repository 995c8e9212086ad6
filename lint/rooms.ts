/** A folder of the repository: what it holds, and everything that its files may import. Tests may import anything. */
export interface Room {
  readonly holds: string
  /** Other rooms, or single files, that it may import values and types from. */
  readonly imports: readonly string[]
  /** Those that it may import only types from. */
  readonly types?: readonly string[]
  /** Packages by name; `node:*` stands for Node's own modules. */
  readonly packages: readonly string[]
}

/**
 * The one table of who may import whom: the linter reads it (`boundaries.ts`), `docs/architecture.md` shows it. A file belongs to
 * the room with the longest matching path, and may always import from its own room.
 */
export const rooms: Readonly<Record<string, Room>> = {
  'src/domain': {
    holds:
      'pure: grids, tasks, models, providers, answers, recipes, solvers, selection, scores, evidence, runs, results',
    imports: [],
    packages: [],
  },
  'src/report': { holds: 'a run’s analysis as Markdown and HTML', imports: ['src/domain'], packages: [] },
  'src/workflows': {
    holds: 'deterministic: `run`, `task`, their messages, the activity proxies with all timeouts',
    imports: ['src/domain'],
    types: ['src/activities'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  'src/activities': {
    holds: '`createActivities(dependencies)`: plan, ask, verify, decide, checkpoint, finish',
    imports: ['src/domain', 'src/report', 'src/adapters/sandbox/verify-program.ts'],
    types: ['src/adapters', 'src/runs'],
    packages: ['@temporalio/activity', '@temporalio/common'],
  },
  'src/adapters': {
    holds: 'the outside world: files, models, sandbox, stores, datasets, traces, results, exports',
    imports: ['src/domain'],
    packages: ['node:*', '@pydantic/genai-prices', 'hyparquet-writer', 'tar', 'zod'],
  },
  'src/runs': {
    holds: 'runs without Temporal: open the store, prepare, read, count, describe, repair',
    imports: ['src/adapters', 'src/domain', 'src/report'],
    packages: ['node:*', 'zod'],
  },
  'src/workers': {
    holds: 'the worker process: task queues, journal, workflow bundle',
    imports: ['src/activities', 'src/adapters', 'src/domain', 'src/runs', 'src/config.ts', 'src/workflows/messages.ts'],
    types: ['src/workflows'],
    packages: ['node:*', '@temporalio/activity', '@temporalio/client', '@temporalio/common', '@temporalio/worker'],
  },
  'src/client': {
    holds: 'start, reopen, steer and reconcile runs on a Temporal server',
    imports: ['src/adapters', 'src/domain', 'src/workflows/messages.ts'],
    types: ['src/workflows'],
    packages: ['@temporalio/client', '@temporalio/common'],
  },
  'src/stack': {
    holds: 'the supervisor and the processes it keeps alive',
    imports: ['src/adapters', 'src/domain', 'src/runs', 'src/config.ts'],
    packages: ['node:*', '@temporalio/client', '@temporalio/common'],
  },
  'src/operations': {
    holds: 'what people do with runs, by a command or on the page: check what was asked, start, steer, continue',
    imports: ['src/adapters', 'src/client', 'src/domain', 'src/report', 'src/runs', 'src/stack', 'src/config.ts'],
    packages: ['node:*', '@temporalio/client'],
  },
  'src/cli': {
    holds: 'the commands; `doctor/` holds its checks',
    imports: [
      'src/adapters',
      'src/api/open-library.ts',
      'src/client',
      'src/domain',
      'src/operations',
      'src/report',
      'src/runs',
      'src/site',
      'src/stack',
      'src/config.ts',
    ],
    packages: ['node:*', '@temporalio/client', 'commander'],
  },
  'src/baseline': {
    holds: 'the embedded model: a solver behind OpenAI’s protocol',
    imports: ['src/domain', 'src/adapters/files/outlive-full-disk.ts'],
    packages: ['node:*', '@hono/node-server', 'hono'],
  },
  'src/api': {
    holds: 'HTTP for the page: `createApp(dependencies)`, a function from request to response',
    imports: ['src/adapters', 'src/domain', 'src/operations', 'src/runs', 'src/stack/state', 'src/config.ts'],
    packages: ['node:*', '@hono/node-server', 'hono', 'zod'],
  },
  'src/site': {
    holds: 'the pages about runs as a folder: asks the API within the process and writes what it answers',
    imports: ['src/adapters', 'src/api', 'src/domain', 'src/runs'],
    packages: ['node:*'],
  },
  'src/config.ts': {
    holds: 'the only place that reads the environment',
    imports: ['src/adapters/files', 'src/domain/message-of.ts'],
    packages: ['node:*', '@temporalio/envconfig', 'zod'],
  },
  'web/src': {
    holds: 'the page’s frame: routes to pages, dialogs',
    imports: [
      'src/domain',
      'web/src/address',
      'web/src/annotate',
      'web/src/compare',
      'web/src/data',
      'web/src/discuss',
      'web/src/editor',
      'web/src/gallery',
      'web/src/parts',
      'web/src/preferences',
      'web/src/run',
      'web/src/runs',
      'web/src/sample',
      'web/src/start',
      'web/src/task',
    ],
    packages: ['react', 'react-dom'],
  },
  'web/src/address': {
    holds: 'the address, the page’s only memory of where one is',
    imports: ['src/domain'],
    packages: ['react'],
  },
  'web/src/data': {
    holds: 'the only folder that talks to the server',
    imports: ['src/domain'],
    types: ['src/api/documents.ts', 'web/src/address'],
    packages: ['react'],
  },
  'web/src/preferences': {
    holds: 'appearance and person, kept in the browser',
    imports: ['web/src/data'],
    packages: ['react'],
  },
  'web/src/parts': {
    holds: 'what several pages use',
    imports: ['src/domain', 'web/src/data', 'web/src/preferences'],
    types: ['src/api/documents.ts', 'web/src/address'],
    packages: ['micromark', 'micromark-extension-gfm-table', 'react'],
  },
  'web/src/grid': {
    holds: 'a grid, drawn',
    imports: ['src/domain', 'web/src/parts', 'web/src/preferences'],
    packages: ['react'],
  },
  'web/src/editor': {
    holds: 'the grid editor: a state machine and its tools',
    imports: ['src/domain', 'web/src/grid', 'web/src/parts', 'web/src/preferences'],
    packages: ['react'],
  },
  'web/src/gallery': {
    holds: 'all tasks, filtered',
    imports: ['src/domain', 'web/src/address', 'web/src/data', 'web/src/grid', 'web/src/parts', 'web/src/preferences'],
    types: ['src/api/documents.ts'],
    packages: ['react'],
  },
  'web/src/sample': {
    holds: 'one sample of a run: its question, answer, program, and how its grids differ',
    imports: ['src/domain', 'web/src/address', 'web/src/data', 'web/src/grid', 'web/src/parts'],
    types: ['src/api/documents.ts'],
    packages: ['@lezer/highlight', '@lezer/python', 'react'],
  },
  'web/src/program': {
    holds: 'a program for a task: written, run and judged beside it',
    imports: [
      'src/domain',
      'web/src/address',
      'web/src/data',
      'web/src/grid',
      'web/src/parts',
      'web/src/preferences',
      'web/src/sample',
    ],
    types: ['src/api/documents.ts'],
    packages: ['react'],
  },
  'web/src/compare': {
    holds: 'runs beside each other: differences, costs, and the tasks on which they differ',
    imports: ['src/domain', 'web/src/address', 'web/src/data', 'web/src/grid', 'web/src/parts'],
    types: ['src/api/documents.ts'],
    packages: ['react'],
  },
  'web/src/annotate': {
    holds: 'a queue of reasoning to label, beside the task that it is about',
    imports: [
      'src/domain',
      'web/src/address',
      'web/src/data',
      'web/src/grid',
      'web/src/parts',
      'web/src/preferences',
      'web/src/sample',
    ],
    types: ['src/api/documents.ts'],
    packages: ['react'],
  },
  'web/src/discuss': {
    holds: 'conversations with models about a task',
    imports: [
      'src/domain',
      'web/src/address',
      'web/src/data',
      'web/src/editor',
      'web/src/grid',
      'web/src/parts',
      'web/src/preferences',
      'web/src/sample',
    ],
    types: ['src/api/documents.ts'],
    packages: ['react'],
  },
  'web/src/task': {
    holds: 'one task: solve it, sign versions, traces, what runs made of it',
    imports: [
      'src/domain',
      'web/src/address',
      'web/src/data',
      'web/src/editor',
      'web/src/gallery',
      'web/src/grid',
      'web/src/parts',
      'web/src/preferences',
      'web/src/program',
      'web/src/sample',
    ],
    types: ['src/api/documents.ts'],
    packages: ['react'],
  },
  'web/src/runs': {
    holds: 'all runs, filtered and sorted',
    imports: ['src/domain', 'web/src/address', 'web/src/data', 'web/src/parts'],
    types: ['src/api/documents.ts'],
    packages: ['react'],
  },
  'web/src/run': {
    holds: 'one run: its numbers, and what came of every sample of every task',
    imports: ['src/domain', 'web/src/address', 'web/src/data', 'web/src/parts'],
    types: ['src/api/documents.ts'],
    packages: ['@tanstack/react-virtual', 'react'],
  },
  'web/src/start': {
    holds: 'the form that starts runs',
    imports: ['src/domain', 'web/src/address', 'web/src/data', 'web/src/parts'],
    types: ['src/api/documents.ts'],
    packages: ['react'],
  },
}

/** The room that a path belongs to: the longest one that it lies in. */
export function findRoom(path: string): string | undefined {
  return Object.keys(rooms)
    .filter((name) => path === name || path.startsWith(`${name}/`))
    .toSorted((a, b) => b.length - a.length)[0]
}
