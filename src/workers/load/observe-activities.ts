import type { Context } from '@temporalio/activity'
import type { ActivityInterceptorsFactory } from '@temporalio/worker'
import type { Metrics } from './create-metrics.ts'
import type { StageClock } from './stage-clock.ts'

/**
 * Measures how long the activities of a queue wait on the server, and counts how they end.
 *
 * @param start the stage in which they wait
 */
export function observeActivities(start: StageClock, metrics: Metrics): ActivityInterceptorsFactory {
  return ({ info }: Context) => ({
    inbound: {
      async execute(input, next) {
        const { activityType: type, currentAttemptScheduledTimestampMs: scheduledMs } = info
        const waited = Math.max(0, Date.now() - scheduledMs) / 1000
        start.add(waited)
        metrics.startSeconds.record(waited, { type })
        let result = 'failed'
        try {
          const value = await next(input)
          result = 'completed'
          return value
        } finally {
          metrics.activities.add(1, { type, result })
        }
      },
    },
  })
}
