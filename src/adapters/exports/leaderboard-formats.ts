import { kaggleFormat } from './kaggle.ts'
import type { LeaderboardFormat } from './leaderboard-format.ts'
import { submissionFormat } from './submission.ts'

/** Every form a run can be exported in. Adding one is its file and its name here. */
export const leaderboardFormats: readonly LeaderboardFormat[] = [submissionFormat, kaggleFormat]
