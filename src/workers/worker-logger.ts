import { DefaultLogger, type LogLevel, type LogMetadata } from '@temporalio/worker'

/** The SDK's logger without its warning about queues that serve activities alone, as most of ours do on purpose. */
export class WorkerLogger extends DefaultLogger {
  override log(level: LogLevel, message: string, meta?: LogMetadata): void {
    if (!message.startsWith('No workflows registered')) super.log(level, message, meta)
  }
}
