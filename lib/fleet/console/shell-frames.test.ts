import { describe, expect, it } from 'vitest'
import type { ShellFrameKind } from './shell-frames.ts'
import { createShellFrameReader, readSize, shellFrame, sizePayload } from './shell-frames.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function read(...chunks: Uint8Array[]) {
  const frames: [ShellFrameKind, string][] = []
  const reader = createShellFrameReader((kind, payload) =>
    frames.push([kind, new TextDecoder().decode(payload)]),
  )
  return { good: chunks.map((chunk) => reader.push(chunk)), frames }
}

const together = Buffer.concat([
  shellFrame('input', bytes('ls\n')),
  shellFrame('end', bytes('')),
  shellFrame('output', bytes('ü'.repeat(300))),
])
const FRAMES = [
  ['input', 'ls\n'],
  ['end', ''],
  ['output', 'ü'.repeat(300)],
]

describe('the frames of a shell', () => {
  it('are read as they were written', () => {
    expect(read(together)).toEqual({ good: [true], frames: FRAMES })
  })

  it('are put together however they were cut', () => {
    for (const size of [1, 2, 3, 5, 7, 64]) {
      const chunks = Array.from({ length: Math.ceil(together.length / size) }, (_, index) =>
        together.subarray(index * size, (index + 1) * size),
      )
      expect(read(...chunks).frames).toEqual(FRAMES)
    }
  })

  it.each<[why: string, chunk: number[]]>([
    ['a kind that is none', [9, 0, 0, 0, 1, 65]],
    ['a length beyond reason', [0, 0xff, 0xff, 0xff, 0xff]],
    ['a megabyte and one', [0, 0, 0x10, 0, 1]],
  ])('refuse %s, and what comes after', (_why, chunk) => {
    expect(read(Uint8Array.from(chunk), shellFrame('input', bytes('x')))).toEqual({
      good: [false, false],
      frames: [],
    })
  })
})

describe('the size of a terminal', () => {
  it.each<[columns: number, rows: number, read: { columns: number; rows: number }]>([
    [80, 24, { columns: 80, rows: 24 }],
    [0, 0, { columns: 20, rows: 5 }],
    [65_535, 65_535, { columns: 500, rows: 300 }],
  ])('%i by %i', (columns, rows, expected) => {
    expect(readSize(sizePayload({ columns, rows }))).toEqual(expected)
  })

  it('is none of another length', () => {
    expect(readSize(new Uint8Array(3))).toBeNull()
  })
})
