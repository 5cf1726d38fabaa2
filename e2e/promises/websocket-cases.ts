import {
  BINARY,
  binary,
  bytes,
  clientFrame,
  CLOSE,
  CONT,
  FIN,
  fragments,
  goodbye,
  NAMES,
  of,
  PING,
  ping,
  PONG,
  TEXT,
} from './websocket-talk.ts'
import type { WebSocketCase } from './websocket-talk.ts'

import { FRAME_CASES } from './websocket-frame-cases.ts'

const VALID_UTF8 = [
  0x00, 0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xd7ff, 0xe000, 0xfffd, 0xfffe, 0xffff, 0x10000,
  0x1fffe, 0x3ffff, 0x40000, 0xffffe, 0xfffff, 0x100000, 0x10ffff,
].map((point) => Buffer.from(String.fromCodePoint(point)))

/** Kuhn's stress test of decoders, as Autobahn has it. */
const INVALID_UTF8 = [
  ...Array.from({ length: 64 }, (_, index) => [0x80 + index]),
  ...Array.from({ length: 32 }, (_, index) => [0xc0 + index, 0x20]),
  ...Array.from({ length: 16 }, (_, index) => [0xe0 + index, 0x80, 0x20]),
  ...Array.from({ length: 8 }, (_, index) => [0xf0 + index, 0x80, 0x80, 0x20]),
  [0xfe],
  [0xff],
  [0xce],
  [0xe0, 0xa0],
  [0xf0, 0x90, 0x80],
  [0xc0, 0xaf],
  [0xe0, 0x80, 0xaf],
  [0xf0, 0x80, 0x80, 0xaf],
  [0xf8, 0x80, 0x80, 0x80, 0xaf],
  [0xc1, 0xbf],
  [0xe0, 0x9f, 0xbf],
  [0xf0, 0x8f, 0xbf, 0xbf],
  [0xed, 0xa0, 0x80],
  [0xed, 0xad, 0xbf],
  [0xed, 0xaf, 0xbf],
  [0xed, 0xb0, 0x80],
  [0xed, 0xbf, 0xbf],
  [0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80],
  [0xed, 0xaf, 0xbf, 0xed, 0xbf, 0xbf],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf7, 0xbf, 0xbf, 0xbf],
].map((numbers) => Buffer.from(numbers))

function utf8(): WebSocketCase[] {
  const around = (middle: Buffer) => Buffer.concat([Buffer.from('κόσμε'), middle, Buffer.from('edited')])
  return [
    ...VALID_UTF8.flatMap((text) => [
      of(`6.a goodbye that says ${text.toString('hex')}`, goodbye(1000, around(text)), { close: 1000 }),
      of(`6.data ${text.toString('hex')}`, binary(text), { data: text }),
    ]),
    ...INVALID_UTF8.flatMap((text) => [
      of(`6.a goodbye that says ${text.toString('hex')}, which is no text`, goodbye(1000, around(text)), {
        close: 1007,
      }),
      of(`6.data ${text.toString('hex')}, which need be no text`, binary(text), { data: text }),
    ]),
    of('6.a goodbye that ends within a character', goodbye(1000, Buffer.from([0xe2, 0x82])), { close: 1007 }),
  ]
}

function goodbyes(): WebSocketCase[] {
  const good = [
    1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
  ]
  const bad = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 10_000, 65_535]
  const reason = (length: number) => Buffer.alloc(length, '*')
  return [
    ...good.flatMap((code) => [
      of(`7.goodbye ${code}`, goodbye(code), { close: code }),
      of(`7.goodbye ${code} in single bytes`, goodbye(code, reason(20)), { close: code, chunk: 1 }),
    ]),
    ...bad.flatMap((code) => [
      of(`7.goodbye ${code}, which may not be said`, goodbye(code), { close: 1002 }),
      of(`7.goodbye ${code} with a reason`, goodbye(code, reason(5)), { close: 1002 }),
    ]),
    ...[0, 1, 122, 123].map((length) =>
      of(`7.a reason of ${length} bytes`, goodbye(1000, reason(length)), { close: 1000 }),
    ),
    of('7.a reason of 124 bytes', goodbye(1000, reason(124)), { close: 1002 }),
    of('7.no code', clientFrame({ first: FIN | CLOSE }), { close: 1005 }),
    of('7.half a code', clientFrame({ first: FIN | CLOSE, payload: bytes(1) }), { close: 1002 }),
    of('7.data after the goodbye', [binary(bytes(3)), goodbye(1000), binary(bytes(9))], { close: 1000 }),
    of('7.a ping after the goodbye', [goodbye(1000), ping()], { close: 1000 }),
    of('7.two goodbyes', [goodbye(1000), goodbye(1001)], { close: 1000 }),
    of('7.nonsense after the goodbye', [goodbye(1000), Buffer.alloc(500, 0xff)], { close: 1000 }),
    of('7.a goodbye within a message', [clientFrame({ first: BINARY, payload: bytes(3) }), goodbye(1000)], {
      close: 1000,
    }),
  ]
}

const LONGEST = 16 * 1024 * 1024

function lengths(): WebSocketCase[] {
  const unmasked = [TEXT, BINARY, CONT, CLOSE, PING, PONG].flatMap((opcode) => [
    of(`8.a ${NAMES[opcode]} without a mask`, clientFrame({ first: FIN | opcode, mask: null }), {
      close: 1002,
    }),
    of(
      `8.a ${NAMES[opcode]} without a mask after data`,
      [binary(bytes(3)), clientFrame({ first: FIN | opcode, payload: bytes(3), mask: null })],
      { close: 1002 },
    ),
  ])
  const padded = ([2, 8] as const).flatMap((lengthBytes) =>
    [0, 1, 125, ...(lengthBytes === 8 ? [126, 65_535] : [])].map((length) =>
      of(
        `8.${length} bytes told in ${lengthBytes}`,
        clientFrame({ first: FIN | BINARY, payload: bytes(length), lengthBytes }),
        { close: 1002 },
      ),
    ),
  )
  const long = [
    [LONGEST + 1, 1009],
    [0xffff_ffff, 1009],
    [2 ** 40, 1009],
    [2 ** 52, 1009],
  ] as const
  const sums = [64, 256, 1_024, 4_096].map((kilobytes) => {
    const payload = bytes(kilobytes * 1_024)
    return of(`9.a message of ${kilobytes} kB`, binary(payload), { data: payload })
  })
  const parts = [64, 1_024, 65_536].map((size) => {
    const payload = bytes(256 * 1_024)
    const pieces = Array.from({ length: payload.length / size }, (_, index) =>
      payload.subarray(index * size, (index + 1) * size),
    )
    return of(`9.256 kB in fragments of ${size} bytes`, fragments(pieces), { data: payload })
  })
  return [
    ...unmasked,
    ...padded,
    ...long.map(([length, close]) =>
      of(
        `9.a frame that says it has ${length} bytes`,
        clientFrame({ first: FIN | BINARY, told: BigInt(length) }),
        {
          close,
        },
      ),
    ),
    of(
      '9.a length with its highest bit set',
      clientFrame({ first: FIN | BINARY, told: 2n ** 63n, lengthBytes: 8 }),
      { close: 1002 },
    ),
    ...sums,
    ...parts,
  ]
}

/**
 * What Autobahn's suite asks of a server, written anew from RFC 6455, in its numbers: framing, pings, reserved bits,
 * opcodes, fragments, UTF-8, goodbyes, lengths. The door speaks the `binary` subprotocol alone, so text is refused with
 * 1003 where Autobahn would have it back: that is all in which it is stricter.
 */
export const WEBSOCKET_CASES: readonly WebSocketCase[] = [
  ...FRAME_CASES,
  ...utf8(),
  ...goodbyes(),
  ...lengths(),
]
