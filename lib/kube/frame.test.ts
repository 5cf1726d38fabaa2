import { constants, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { encodeFrame, GZIP_HEADER } from './frame.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const unzipped = (...pieces: Uint8Array[]) =>
  text(gunzipSync(Buffer.concat([GZIP_HEADER, ...pieces]), { finishFlush: constants.Z_SYNC_FLUSH }))

describe('a frame', () => {
  it.each<[string, string | null, unknown, string]>([
    ['delta', 'e1-7', { seq: 7 }, 'event: delta\nid: e1-7\ndata: {"seq":7}\n\n'],
    ['beat', null, { at: 1 }, 'event: beat\ndata: {"at":1}\n\n'],
    ['delta', 'e1-8', ['a\nb\r\n\n'], 'event: delta\nid: e1-8\ndata: ["a\\nb\\r\\n\\n"]\n\n'],
    ['delta', 'e1-9', ['\u{d800}\0'], 'event: delta\nid: e1-9\ndata: ["\\ud800\\u0000"]\n\n'],
  ])('is one %s event with id %s on one data line', (event, id, data, expected) => {
    const frame = encodeFrame(event, id, data)
    expect(text(frame.plain)).toBe(expected)
    expect(unzipped(frame.gzip)).toBe(expected)
  })

  it('is deflated once, and only when asked for', () => {
    const frame = encodeFrame('delta', 'e-1', { rows: 'x'.repeat(5_000) })
    expect(frame.gzip).toBe(frame.gzip)
    expect(frame.gzip.length).toBeLessThan(frame.plain.length / 10)
  })

  it('joins others in any order, because it refers to none of them', () => {
    const frames = ['a', 'b', 'c', 'd'].map((name) => encodeFrame('delta', `e-${name}`, name.repeat(300)))
    for (const order of [[0, 1, 2, 3], [2, 3], [3, 0, 0], [1]]) {
      const chosen = order.flatMap((at) => frames[at] ?? [])
      expect(unzipped(...chosen.map((frame) => frame.gzip))).toBe(
        chosen.map((frame) => text(frame.plain)).join(''),
      )
    }
  })
})
