import { kaggleFormat } from './kaggle.ts'
import type { LeaderboardFormat } from './leaderboard-format.ts'
import { submissionFormat } from './submission.ts'

/** Every leaderboard format. To add one, write its file and name it here. */
export const leaderboardFormats: readonly LeaderboardFormat[] = [submissionFormat, kaggleFormat]
