import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../demo/random.ts'
import { createFrameReader } from './frame-reader.ts'
import { HEADROOM, OPCODE, writeHead } from './frames.ts'

interface FrameParts {
  first: number
  /** The payload as it is meant; it is sent masked. */
  payload?: Buffer | string
  mask?: readonly [number, number, number, number] | null
  /** A length that is said instead of the true one, in so many bytes. */
  said?: { length: bigint; bytes: 1 | 2 | 8 }
}

const FIN = 0x80
const bytesOf = (payload: Buffer | string = '') =>
  typeof payload === 'string' ? Buffer.from(payload) : payload

/** A frame as a client sends it. */
function frame({ first, payload, mask = [1, 2, 3, 4], said }: FrameParts): Buffer {
  const bytes = bytesOf(payload)
  const size = said?.bytes ?? (bytes.length < 126 ? 1 : bytes.length < 65_536 ? 2 : 8)
  const length = said?.length ?? BigInt(bytes.length)
  const head = Buffer.alloc(size === 1 ? 2 : 2 + size)
  head[0] = first
  head[1] = (mask ? 0x80 : 0) | (size === 1 ? Number(length) : size === 2 ? 126 : 127)
  if (size === 2) head.writeUInt16BE(Number(length), 2)
  if (size === 8) head.writeBigUInt64BE(length, 2)
  if (!mask) return Buffer.concat([head, bytes])
  const masked = Buffer.from(bytes.map((byte, index) => byte ^ (mask[index % 4] ?? 0)))
  return Buffer.concat([head, Buffer.from(mask), masked])
}

const data = (payload: Buffer | string) => frame({ first: FIN | OPCODE.binary, payload })
const close = (payload: Buffer | string) => frame({ first: FIN | OPCODE.close, payload })
const closing = (code: number, reason = '') => {
  const payload = Buffer.alloc(2)
  payload.writeUInt16BE(code)
  return close(Buffer.concat([payload, Buffer.from(reason, 'latin1')]))
}

/** All that a reader tells of these bytes, which come in pieces of so many. */
function told(bytes: Buffer, pieces = bytes.length): string[] {
  const events: string[] = []
  let heard = ''
  const reader = createFrameReader({
    onBytes: (chunk) => (heard += chunk.toString('latin1')),
    onPing: (payload) => events.push(`ping ${payload.toString('latin1')}`),
    onClose: (code) => events.push(`close ${code}`),
    onFault: (code) => events.push(`fault ${code}`),
  })
  for (let at = 0; at < bytes.length; at += Math.max(pieces, 1)) {
    reader.push(Buffer.from(bytes.subarray(at, at + pieces)))
  }
  return heard === '' ? events : [heard, ...events]
}

const hello = [frame({ first: OPCODE.binary, payload: 'hel' }), frame({ first: FIN, payload: 'lo' })]
const long = 'x'.repeat(70_000)

const GOOD: [string, Buffer, string[]][] = [
  ['nothing', data(''), []],
  ['one frame', data('hello'), ['hello']],
  ['125 bytes', data('a'.repeat(125)), ['a'.repeat(125)]],
  ['126 bytes', data('a'.repeat(126)), ['a'.repeat(126)]],
  ['65,535 bytes', data('a'.repeat(65_535)), ['a'.repeat(65_535)]],
  ['70,000 bytes', data(long), [long]],
  ['fragments', Buffer.concat(hello), ['hello']],
  [
    'empty fragments',
    Buffer.concat([
      frame({ first: OPCODE.binary }),
      frame({ first: 0 }),
      frame({ first: FIN, payload: 'x' }),
    ]),
    ['x'],
  ],
  [
    'a ping between fragments',
    Buffer.concat([
      hello[0] ?? data(''),
      frame({ first: FIN | OPCODE.ping, payload: 'p' }),
      hello[1] ?? data(''),
    ]),
    ['hello', 'ping p'],
  ],
  [
    'a ping of 125 bytes',
    frame({ first: FIN | OPCODE.ping, payload: 'p'.repeat(125) }),
    [`ping ${'p'.repeat(125)}`],
  ],
  ['a pong that nobody asked for', frame({ first: FIN | OPCODE.pong, payload: 'x' }), []],
  ['a close without a code', close(''), ['close 1005']],
  ['a close with one', closing(1000, 'bye'), ['close 1000']],
  ['a close of an application', closing(4999), ['close 4999']],
  [
    'nothing after a close',
    Buffer.concat([data('a'), closing(1001), data('b'), closing(1000)]),
    ['a', 'close 1001'],
  ],
  ['two messages', Buffer.concat([data('a'), data('b')]), ['ab']],
]

const BAD: [string, Buffer, string][] = [
  ['an unmasked frame', frame({ first: FIN | OPCODE.binary, payload: 'x', mask: null }), 'fault 1002'],
  ['text', frame({ first: FIN | OPCODE.text, payload: 'x' }), 'fault 1003'],
  ['a reserved bit (compression)', frame({ first: FIN | 0x40 | OPCODE.binary }), 'fault 1002'],
  ['another reserved bit', frame({ first: FIN | 0x10 | OPCODE.binary }), 'fault 1002'],
  ...[3, 4, 5, 6, 7, 11, 12, 15].map((opcode): [string, Buffer, string] => [
    `opcode ${opcode}`,
    frame({ first: FIN | opcode }),
    'fault 1002',
  ]),
  ['a continuation of nothing', frame({ first: FIN, payload: 'x' }), 'fault 1002'],
  ['a message within a message', Buffer.concat([frame({ first: OPCODE.binary }), data('x')]), 'fault 1002'],
  ['a fragment of a ping', frame({ first: OPCODE.ping }), 'fault 1002'],
  ['a ping of 126 bytes', frame({ first: FIN | OPCODE.ping, payload: 'p'.repeat(126) }), 'fault 1002'],
  [
    'a length that is longer than it needs',
    frame({ first: FIN | OPCODE.binary, payload: 'x', said: { length: 1n, bytes: 2 } }),
    'fault 1002',
  ],
  [
    'a length of eight bytes for two',
    frame({ first: FIN | OPCODE.binary, payload: 'x', said: { length: 65_535n, bytes: 8 } }),
    'fault 1002',
  ],
  [
    'a negative length',
    frame({ first: FIN | OPCODE.binary, said: { length: 2n ** 63n, bytes: 8 } }),
    'fault 1002',
  ],
  ['4 GiB', frame({ first: FIN | OPCODE.binary, said: { length: 2n ** 32n, bytes: 8 } }), 'fault 1009'],
  [
    'more than anybody pastes',
    frame({ first: FIN | OPCODE.binary, said: { length: 16_777_217n, bytes: 8 } }),
    'fault 1009',
  ],
  ['a close of one byte', close('x'), 'fault 1002'],
  ...[0, 999, 1004, 1005, 1006, 1015, 1100, 2000, 2999, 5000, 65_535].map(
    (code): [string, Buffer, string] => [`a close with ${code}`, closing(code), 'fault 1002'],
  ),
  ['a close with a reason that is no UTF-8', closing(1000, '\xff\xfe'), 'fault 1007'],
]

describe('the frames of a client', () => {
  it.each(GOOD)('with %s are read, however they are cut', (_, bytes, events) => {
    const wanted = events.map((text) => Buffer.from(text, 'latin1').toString('latin1'))
    for (const pieces of [bytes.length, 1, 2, 7]) expect(told(bytes, pieces)).toEqual(wanted)
  })

  it.each(BAD)('with %s are refused, however they are cut', (_, bytes, fault) => {
    for (const pieces of [bytes.length, 1, 5]) {
      expect(told(Buffer.concat([data('before'), bytes, data('after')]), pieces)).toEqual(['before', fault])
    }
  })

  it('keep nothing of a message in a million fragments (CVE-2026-48779)', () => {
    let bytes = 0
    const reader = createFrameReader({
      onBytes: (chunk) => (bytes += chunk.length),
      onPing: () => {},
      onClose: () => {},
      onFault: (code) => expect.fail(`fault ${code}`),
    })
    reader.push(frame({ first: OPCODE.binary, payload: 'x' }))
    const fragments = Buffer.concat(Array.from({ length: 1_000 }, () => frame({ first: 0, payload: 'x' })))
    const before = process.memoryUsage().arrayBuffers
    for (let round = 0; round < 1_000; round += 1) reader.push(Buffer.from(fragments))
    expect(bytes).toBe(1_000_001)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024)
  })

  it('come out as they went in, cut at random', () => {
    const random = seededRandom(7)
    for (let round = 0; round < 300; round += 1) {
      const messages = Array.from({ length: random.int(1, 12) }, () => random.int(0, 300))
      const text = messages.map((length, index) => String(index % 10).repeat(length))
      const bytes = Buffer.concat(text.map(data))
      expect(told(bytes, random.int(1, 40)).join('')).toBe(text.join(''))
    }
  })
})

it.each([0, 1, 125, 126, 65_535, 65_536, 262_144])(
  'a head for %i bytes stands right before them',
  (length) => {
    const slab = Buffer.alloc(HEADROOM + length)
    const start = writeHead(slab, HEADROOM, length, OPCODE.binary)
    const short = slab[start + 1] ?? 0
    const said =
      short < 126
        ? short
        : short === 126
          ? slab.readUInt16BE(start + 2)
          : Number(slab.readBigUInt64BE(start + 2))
    const size = short < 126 ? 2 : short === 126 ? 4 : 10
    expect([slab[start], said, start + size]).toEqual([FIN | OPCODE.binary, length, HEADROOM])
  },
)
