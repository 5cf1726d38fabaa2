import {
  BINARY,
  binary,
  bytes,
  clientFrame,
  CLOSE,
  CONT,
  FIN,
  fragments,
  MASKS,
  NAMES,
  NOTHING,
  of,
  PING,
  ping,
  PONG,
  TEXT,
} from './websocket-talk.ts'
import type { WebSocketCase } from './websocket-talk.ts'

const LENGTHS = [0, 1, 2, 124, 125, 126, 127, 128, 255, 256, 4_096, 65_534, 65_535, 65_536, 65_537, 131_072]

function framing(): WebSocketCase[] {
  const whole = LENGTHS.flatMap((length) =>
    MASKS.map((mask, index) => {
      const payload = bytes(length)
      const sent = clientFrame({ first: FIN | BINARY, payload, mask })
      return of(`1.${length} bytes of data, mask ${index}`, sent, { data: payload })
    }),
  )
  const chopped = LENGTHS.flatMap((length) =>
    (length > 5_000 ? [997, 16_384] : [1, 3, 7, 997]).map((chunk) => {
      const payload = bytes(length)
      return of(`1.${length} bytes of data in writes of ${chunk}`, binary(payload), { data: payload, chunk })
    }),
  )
  const text = [0, 5, 125, 126, 65_535].map((length) =>
    of(`1.text of ${length} bytes`, clientFrame({ first: FIN | TEXT, payload: Buffer.alloc(length, 'a') }), {
      close: 1003,
    }),
  )
  const many = [2, 10, 100, 1_000].map((count) => {
    const payloads = Array.from({ length: count }, (_, index) => bytes(index % 130))
    return of(`1.${count} messages at once`, payloads.map(binary), { data: Buffer.concat(payloads) })
  })
  return [...whole, ...chopped, ...text, ...many]
}

function pings(): WebSocketCase[] {
  const sizes = [0, 1, 2, 64, 124, 125]
  const each = sizes.flatMap((length) =>
    [undefined, 1, 3].map((chunk) =>
      of(`2.a ping of ${length} bytes in writes of ${chunk ?? 'any length'}`, ping(bytes(length)), {
        pongs: [bytes(length)],
        ...(chunk === undefined ? {} : { chunk }),
      }),
    ),
  )
  const tooLong = [126, 127, 1_000, 65_536].flatMap((length) =>
    [PING, PONG, CLOSE].map((opcode) =>
      of(
        `2.a ${NAMES[opcode]} of ${length} bytes`,
        clientFrame({ first: FIN | opcode, payload: bytes(length) }),
        {
          close: 1002,
        },
      ),
    ),
  )
  const pongs = sizes.map((length) =>
    of(
      `2.a pong of ${length} bytes that nobody asked for`,
      clientFrame({ first: FIN | PONG, payload: bytes(length) }),
    ),
  )
  const ten = Array.from({ length: 10 }, (_, index) => Buffer.from(`payload-${index}`))
  const after = [PING, PONG].map((opcode) =>
    of(
      `2.data around a ${NAMES[opcode]}`,
      [binary(bytes(3)), clientFrame({ first: FIN | opcode, payload: bytes(2) }), binary(bytes(4))],
      { data: Buffer.concat([bytes(3), bytes(4)]), pongs: opcode === PING ? [bytes(2)] : [] },
    ),
  )
  return [
    ...each,
    ...tooLong,
    ...pongs,
    ...after,
    of(
      '2.ten pings',
      ten.map((payload) => ping(payload)),
      { pongs: ten },
    ),
    of(
      '2.ten pings in single bytes',
      ten.map((payload) => ping(payload)),
      { pongs: ten, chunk: 1 },
    ),
  ]
}

function reserved(): WebSocketCase[] {
  const bits = [1, 2, 3, 4, 5, 6, 7].flatMap((rsv) =>
    [CONT, TEXT, BINARY, CLOSE, PING, PONG].flatMap((opcode) => {
      const first = FIN | (rsv << 4) | opcode
      const name = `3.reserved bits ${rsv} on a ${NAMES[opcode]}`
      return [
        of(name, clientFrame({ first, payload: bytes(8) }), { close: 1002 }),
        of(`${name} after data`, [binary(bytes(5)), clientFrame({ first }), ping()], { close: 1002 }),
      ]
    }),
  )
  const opcodes = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].flatMap((opcode) => {
    const first = FIN | opcode
    return [
      of(`4.opcode ${opcode}`, clientFrame({ first }), { close: 1002 }),
      of(`4.opcode ${opcode} with a payload`, clientFrame({ first, payload: bytes(9) }), { close: 1002 }),
      of(`4.opcode ${opcode} after data`, [binary(bytes(5)), clientFrame({ first })], { close: 1002 }),
      of(`4.opcode ${opcode} in single bytes`, [clientFrame({ first, payload: bytes(9) }), ping()], {
        close: 1002,
        chunk: 1,
      }),
      of(`4.opcode ${opcode} within a message`, [clientFrame({ first: BINARY }), clientFrame({ first })], {
        close: 1002,
      }),
      of(`4.opcode ${opcode}, not final`, clientFrame({ first: opcode }), { close: 1002 }),
    ]
  })
  return [...bits, ...opcodes]
}

function fragmented(): WebSocketCase[] {
  const cases: WebSocketCase[] = []
  for (const count of [2, 3, 10, 100]) {
    for (const length of [0, 1, 125, 126, 1_000]) {
      const parts = Array.from({ length: count }, () => bytes(length))
      const data = Buffer.concat(parts)
      const name = `5.${count} fragments of ${length} bytes`
      const pongs = parts.slice(1).map((_, index) => Buffer.of(index))
      const pinged = fragments(parts, (index) => (index === count - 1 ? NOTHING : ping(Buffer.of(index))))
      cases.push(of(name, fragments(parts), { data }))
      cases.push(of(`${name} with pings between`, pinged, { data, pongs }))
      if (data.length < 5_000) cases.push(of(`${name} in single bytes`, pinged, { data, pongs, chunk: 1 }))
    }
  }
  const open = clientFrame({ first: BINARY, payload: bytes(3) })
  const wrong: [string, Buffer[]][] = [
    ['a continuation of nothing', [clientFrame({ first: FIN, payload: bytes(3) })]],
    ['a continuation of nothing, not final', [clientFrame({ first: CONT, payload: bytes(3) })]],
    ['a continuation after a whole message', [binary(bytes(3)), clientFrame({ first: FIN })]],
    [
      'a continuation after an ended message',
      [open, clientFrame({ first: FIN }), clientFrame({ first: FIN })],
    ],
    ['a message within a message', [open, binary(bytes(3))]],
    ['a message that begins twice', [open, open]],
    ['a message within a message, after a ping', [open, ping(), binary(bytes(3))]],
    ['a ping in fragments', [clientFrame({ first: PING }), clientFrame({ first: FIN })]],
    ['a pong in fragments', [clientFrame({ first: PONG }), clientFrame({ first: FIN })]],
    ['a close in fragments', [clientFrame({ first: CLOSE }), clientFrame({ first: FIN })]],
  ]
  for (const [name, sent] of wrong) {
    cases.push(of(`5.${name}`, sent, { close: 1002 }))
    cases.push(of(`5.${name}, in single bytes`, sent, { close: 1002, chunk: 1 }))
  }
  cases.push(of('5.text within a message', [open, clientFrame({ first: FIN | TEXT })], { close: 1003 }))
  cases.push(of('5.text in fragments', clientFrame({ first: TEXT, payload: bytes(1) }), { close: 1003 }))
  return cases
}

/** Frames, control frames, what is reserved, and messages in fragments: Autobahn's numbers 1 to 5. */
export const FRAME_CASES: readonly WebSocketCase[] = [
  ...framing(),
  ...pings(),
  ...reserved(),
  ...fragmented(),
]
