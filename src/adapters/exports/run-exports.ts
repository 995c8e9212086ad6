import { kaggleExport } from './kaggle.ts'
import type { RunExport } from './run-export.ts'
import { submissionExport } from './submission.ts'

/** Every form a run can be exported in. Adding one is its file and its name here. */
export const runExports: readonly RunExport[] = [submissionExport, kaggleExport]
