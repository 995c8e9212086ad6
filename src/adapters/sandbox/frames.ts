/* The bytes between the worker and a zygote. `sandbox/zygote.py` is the other end, and documents each field. */

export interface ForkLimits {
  readonly wallMs: number
  /** How long it may get no processor time at all before it counts as waiting; its whole time if absent. */
  readonly stallMs?: number
  readonly cpuMs: number
  readonly memoryBytes: number
}

/** How a fork ended, in the zygote's words. `code` is an exit code or a signal. */
export const forkEnds = ['exited', 'signalled', 'out-of-cpu', 'out-of-wall', 'flooded', 'ready'] as const

export interface Frame {
  readonly id: number
  readonly end: (typeof forkEnds)[number]
  readonly code: number
  readonly wallMs: number
  readonly cpuMs: number
  /** How often it gave up the processor to wait, and how often it lost it while it still wanted it. */
  readonly sleeps: number
  readonly preemptions: number
  readonly maxRssBytes: number
  /** Written by the program, so it may be anything. */
  readonly body: Buffer
}

const requestHeaderBytes = 32
const replyHeaderBytes = 36
const maxBodyBytes = 256 * 1024

export function encodeRequest(id: number, payload: object, limits: ForkLimits): Buffer {
  const json = Buffer.from(JSON.stringify(payload))
  const header = Buffer.alloc(requestHeaderBytes)
  header.write('ARCQ', 'latin1')
  header.writeUInt32LE(id, 4)
  header.writeUInt32LE(json.length, 8)
  header.writeUInt32LE(Math.ceil(limits.wallMs), 12)
  header.writeUInt32LE(Math.ceil(limits.cpuMs), 16)
  header.writeBigUInt64LE(BigInt(Math.floor(limits.memoryBytes)), 20)
  header.writeUInt32LE(Math.ceil(limits.stallMs ?? limits.wallMs), 28)
  return Buffer.concat([header, json])
}

/**
 * Cuts a stream into frames.
 *
 * @returns a function that takes the next bytes, and returns the frames they complete.
 * @throws {RangeError} when the bytes are not frames; nothing after that can be understood.
 */
export function createFrameReader(): (chunk: Buffer) => Frame[] {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const frames: Frame[] = []
    for (let frame = readFrame(rest); frame; frame = readFrame(rest)) {
      frames.push(frame)
      rest = rest.subarray(replyHeaderBytes + frame.body.length)
    }
    return frames
  }
}

function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < replyHeaderBytes) return undefined
  const magic = bytes.toString('latin1', 0, 4)
  const end = forkEnds[bytes.readUInt8(8)]
  const bodyBytes = bytes.readUInt32LE(32)
  if (magic !== 'ARCR' || !end || bodyBytes > maxBodyBytes)
    throw new RangeError(`No frame starts with ${bytes.toString('hex', 0, replyHeaderBytes)}.`)
  if (bytes.length < replyHeaderBytes + bodyBytes) return undefined
  return {
    id: bytes.readUInt32LE(4),
    end,
    code: bytes.readUInt8(9),
    wallMs: bytes.readUInt32LE(12) / 1000,
    cpuMs: bytes.readUInt32LE(16) / 1000,
    sleeps: bytes.readUInt32LE(20),
    preemptions: bytes.readUInt32LE(24),
    maxRssBytes: bytes.readUInt32LE(28) * 1024,
    body: bytes.subarray(replyHeaderBytes, replyHeaderBytes + bodyBytes),
  }
}
