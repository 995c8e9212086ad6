import { describe, expect, test } from '@jest/globals'
import { createFrameReader, encodeRequest, forkEnds, type Frame } from './frames.ts'

function encodeReply({ id, end, code, wallMs, cpuMs, sleeps, preemptions, maxRssBytes, body }: Frame): Buffer {
  const header = Buffer.alloc(36)
  header.write('ARCR')
  header.writeUInt32LE(id, 4)
  header.writeUInt8(forkEnds.indexOf(end), 8)
  header.writeUInt8(code, 9)
  header.writeUInt32LE(wallMs * 1000, 12)
  header.writeUInt32LE(cpuMs * 1000, 16)
  header.writeUInt32LE(sleeps, 20)
  header.writeUInt32LE(preemptions, 24)
  header.writeUInt32LE(maxRssBytes / 1024, 28)
  header.writeUInt32LE(body.length, 32)
  return Buffer.concat([header, body])
}

const frame: Frame = {
  id: 7,
  end: 'signalled',
  code: 11,
  wallMs: 3.5,
  cpuMs: 2.25,
  sleeps: 2,
  preemptions: 4,
  maxRssBytes: 4096,
  body: Buffer.from('body'),
}

describe('createFrameReader', () => {
  test.each([1, 3, 36, 1000])('reads frames from chunks of %i bytes', (size) => {
    const bytes = Buffer.concat([encodeReply(frame), encodeReply({ ...frame, id: 8, body: Buffer.alloc(0) })])
    const read = createFrameReader()
    const frames: Frame[] = []
    for (let at = 0; at < bytes.length; at += size) frames.push(...read(bytes.subarray(at, at + size)))
    expect(frames).toEqual([frame, { ...frame, id: 8, body: Buffer.alloc(0) }])
  })

  test.each([
    ['another magic', 0],
    ['an unknown end', 8],
    ['a body over the limit', 35],
  ])('refuses %s', (_, place) => {
    const bytes = encodeReply(frame)
    bytes[place] = 255
    expect(() => createFrameReader()(bytes)).toThrow(RangeError)
  })
})

test("encodeRequest states the payload's size in bytes, not in characters", () => {
  const bytes = encodeRequest(3, { code: 'é' }, { wallMs: 5_000, cpuMs: 1_999.5, memoryBytes: 2 ** 33 })
  expect(bytes.toString('latin1', 0, 4)).toBe('ARCQ')
  expect([4, 8, 12, 16, 28].map((place) => bytes.readUInt32LE(place))).toEqual([
    3,
    bytes.length - 32,
    5_000,
    2_000,
    5_000,
  ])
  expect(bytes.readBigUInt64LE(20)).toBe(2n ** 33n)
  expect(bytes.toString('utf8', 32)).toBe('{"code":"é"}')
})
