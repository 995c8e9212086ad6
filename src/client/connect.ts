import { Client, Connection, type ConnectionOptions } from '@temporalio/client'
import { messageOf } from '../domain/message-of.ts'

/** The Temporal server cannot be reached. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable'

  constructor(address: string, cause: unknown) {
    super(`No Temporal server answers at ${address} (${messageOf(cause)}).`, {
      cause,
    })
  }
}

const connectTimeoutMs = 10_000

/** Connects to a Temporal server. Close the connection when done: it keeps the process alive. */
export async function connectClient(
  options: ConnectionOptions & { address: string },
  namespace: string,
): Promise<Client> {
  try {
    const connection = await Connection.connect({ connectTimeout: connectTimeoutMs, ...options })
    return new Client({ connection, namespace })
  } catch (error) {
    throw new ServerUnreachable(options.address, error)
  }
}
