import { Command, Option } from 'commander'
import { hashJson } from '../../adapters/files/hash.ts'
import { readVersions } from '../../adapters/read-versions.ts'
import type { RunFolder } from '../../adapters/stores/run-store.ts'
import { compareSolved, pickJudged } from '../../domain/compare/rescoring.ts'
import { count } from '../../domain/count.ts'
import { entryPoints } from '../../domain/runs/entry-points.ts'
import type { ProgramLimits } from '../../domain/runs/program-limits.ts'
import { isVerification, limitsOf } from '../../domain/runs/run.ts'
import type { SandboxChoice } from '../../domain/runs/sandbox-choice.ts'
import { defaultControls } from '../../domain/runs/specification.ts'
import { selectionRules, standardRule } from '../../domain/selection/selection-rules.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { beginRuns } from '../../operations/begin-runs.ts'
import { listNeeds } from '../../operations/list-needs.ts'
import { openSession } from '../../operations/open-session.ts'
import { readReported } from '../../runs/read-reported.ts'
import { readExecutions, rereadRun } from '../../runs/reread-run.ts'
import { locateFiles, readRunDocument } from '../../runs/run-documents.ts'
import { prepareVerification } from '../../runs/verifying/prepare-verification.ts'
import type { ProgramsToVerify } from '../../runs/verifying/programs-to-verify.ts'
import { createContext, type CliContext } from '../context.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { createJsonFlag } from '../json-flag.ts'
import { createSandboxOption } from '../runs/add-run-flags.ts'
import { findRun } from '../runs/find-run.ts'
import { followRuns } from '../runs/follow-runs.ts'
import { listenForInterrupts } from '../runs/listen-for-interrupts.ts'
import { renderRescoring } from '../runs/render-rescoring.ts'
import { noteAttached } from '../runs/run-to-end.ts'
import { endWith } from '../terminal/end-with.ts'

interface RescoreFlags {
  readonly selection: string
  readonly sandbox: SandboxChoice
  readonly json?: boolean
}

export function createRescoreCommand(): Command {
  return new Command('rescore')
    .argument('<run>')
    .description('score the stored answers of a run again under the current rules; asks no model and changes nothing')
    .addOption(
      new Option('--selection <rule>', 'the rule that selects attempts')
        .choices(selectionRules.map(({ name }) => name))
        .default(standardRule.name),
    )
    .addOption(createSandboxOption())
    .addOption(createJsonFlag())
    .action((runId: string, flags: RescoreFlags) => endWith(rescore(runId, flags)))
}

async function rescore(name: string, { selection, sandbox, json }: RescoreFlags): Promise<ExitCode> {
  const context = createContext()
  const folder = await findRun(context.store, name)
  const { runId } = folder
  const run = await folder.readRun()
  if (isVerification(run)) {
    throw new UsageError(`${runId} is a verification: it has no answers to rescore. \`verify\` runs its programs.`)
  }
  const before = await readReported(folder, await readRunDocument(folder, context.surroundings))
  let reread = await rereadRun(folder)
  const { items } = reread.unverified
  const programs = items.reduce((sum, item) => sum + item.programs.length, 0)
  let verification: string | null = null
  if (programs > 0) {
    context.note(`${count(programs, 'program')} changed; running ${programs === 1 ? 'it' : 'them'} again.`)
    const ended = await runAgain(context, reread.unverified, { sandbox, limits: limitsOf(run) })
    verification = ended.runId
    const state = await ended.readState()
    if (state.state !== 'complete') {
      context.note(`${ended.runId} is not complete. To continue: npx arcloom rescore ${runId}`)
      return exitCodeOf({ state: state.state, tasks: { total: 0, done: 0, failed: 0 } })
    }
    reread = await rereadRun(folder, await readExecutions(ended))
  }
  const rule = selectionRules.find(({ name }) => name === selection)
  const after = pickJudged(await readRunDocument(reread.folder, context.surroundings, rule))
  const { samples, changedSamples } = reread
  const rescoring = {
    run_id: runId,
    ...locateFiles(folder, await folder.readState(), context.surroundings),
    samples,
    samples_changed: changedSamples,
    programs_run_again: programs,
    verification,
    before,
    after,
    ...compareSolved(before, after),
  }
  context.print(json ? JSON.stringify(rescoring, null, 2) : renderRescoring(rescoring, context.columns))
  return exitCodes.complete
}

/** Named after the programs it verifies, so that rescoring again finds it and continues it or uses its verdicts. */
function nameVerification({ name, items }: ProgramsToVerify, limits: ProgramLimits): string {
  const programs = items.map(({ task, programs }) => [task.taskId, programs.map(({ program }) => program)])
  return `rescore-${name.slice(0, 80)}-${hashJson([programs, limits]).slice(0, 8)}`
}

/** The programs run in the worker's sandbox as usual, by a verification run that can be interrupted and resumed. */
async function runAgain(
  context: CliContext,
  given: ProgramsToVerify,
  { sandbox, limits }: { readonly sandbox: SandboxChoice; readonly limits: ProgramLimits },
): Promise<RunFolder> {
  const { config } = context
  const run = prepareVerification(
    {
      programsToVerify: given,
      entryPoints,
      controls: defaultControls,
      sandbox,
      limits,
      output: null,
      name: nameVerification(given, limits),
      versions: await readVersions(config.projectRoot),
    },
    new Date(),
  )
  const session = await openSession(context, { needs: listNeeds([run.run]), oldWorker: 'renew-unused' })
  const interrupts = listenForInterrupts()
  try {
    const [folder] = noteAttached(context, await beginRuns(session, context, [run], {}))
    if (folder === undefined) throw new RangeError('one run was started, and none came back')
    await followRuns(context, session, [folder], interrupts)
    return folder
  } finally {
    interrupts.close()
    await session.close()
  }
}
