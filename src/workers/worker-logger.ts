import { DefaultLogger, type LogLevel, type LogMetadata } from '@temporalio/worker'

/** The SDK's logger without its warning about activity-only queues, which most of ours deliberately are. */
export class WorkerLogger extends DefaultLogger {
  override log(level: LogLevel, message: string, meta?: LogMetadata): void {
    if (!message.startsWith('No workflows registered')) super.log(level, message, meta)
  }
}
