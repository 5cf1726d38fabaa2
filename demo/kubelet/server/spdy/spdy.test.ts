import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { HEADER_DICTIONARY } from './dictionary.ts'
import { frameReader } from './frame-reader.ts'
import { encodeFrame, type Frame } from './frames.ts'
import { headerDeflater, headerInflater } from './header-block.ts'

const block = Buffer.from('block')
const FRAMES: [string, Frame, string][] = [
  [
    'SYN_STREAM',
    { type: 'syn-stream', streamId: 1, fin: false, block },
    '8003 0001 00 00000f 00000001 00000000 0000 626c6f636b',
  ],
  [
    'SYN_REPLY',
    { type: 'syn-reply', streamId: 1, fin: true, block },
    '8003 0002 01 000009 00000001 626c6f636b',
  ],
  ['RST_STREAM', { type: 'rst-stream', streamId: 3, status: 5 }, '8003 0003 00 000008 00000003 00000005'],
  [
    'SETTINGS',
    { type: 'settings', settings: [{ id: 7, value: 65_536 }] },
    '8003 0004 00 00000c 00000001 00000007 00010000',
  ],
  ['PING', { type: 'ping', id: 0xff_ff_ff_ff }, '8003 0006 00 000004 ffffffff'],
  ['GOAWAY', { type: 'go-away', lastStreamId: 9, status: 0 }, '8003 0007 00 000008 00000009 00000000'],
  ['HEADERS', { type: 'headers', streamId: 5, fin: false, block }, '8003 0008 00 000009 00000005 626c6f636b'],
  [
    'WINDOW_UPDATE',
    { type: 'window-update', streamId: 5, delta: 1024 },
    '8003 0009 00 000008 00000005 00000400',
  ],
  ['DATA', { type: 'data', streamId: 7, fin: false, data: block }, '00000007 00 000005 626c6f636b'],
  ['the last DATA', { type: 'data', streamId: 7, fin: true, data: Buffer.alloc(0) }, '00000007 01 000000'],
]
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

describe('frames of SPDY/3.1', () => {
  it.each(FRAMES)('%s goes over the wire as the draft says', (_, frame, hex) => {
    expect(encodeFrame(frame).toString('hex')).toBe(hex.replaceAll(' ', ''))
    expect(frameReader()(bytes(hex))).toEqual([frame])
  })

  it('are found wherever the network cuts them', () => {
    const control = FRAMES.filter(([, frame]) => frame.type !== 'data')
    const read = frameReader()
    const wire = Buffer.concat(control.map(([, , hex]) => bytes(hex)))
    const found: Frame[] = []
    for (const byte of wire) found.push(...read(Buffer.from([byte])))
    expect(found).toEqual(control.map(([, frame]) => frame))
  })

  it('hand data out as it comes, and its end with the last of it', () => {
    const read = frameReader()
    const whole = bytes('00000007 01 000005 626c6f636b')
    const piece = (text: string, fin: boolean) => ({
      type: 'data',
      streamId: 7,
      fin,
      data: Buffer.from(text),
    })
    expect(read(whole.subarray(0, 8))).toEqual([])
    expect(read(whole.subarray(8, 10))).toEqual([piece('bl', false)])
    expect(read(whole.subarray(10))).toEqual([piece('ock', true)])
  })

  it.each([
    ['an unknown type', '8003 0005 00 000000'],
    ['a short payload', '8003 0003 00 000004 00000003'],
    ['more settings than bytes', '8003 0004 00 000004 00000009'],
    ['a control frame of a megabyte', '8003 0001 00 100000'],
    ['data for stream zero', '00000000 00 000001 61'],
  ])('refuse %s', (_, hex) => {
    expect(() => frameReader()(bytes(hex))).toThrow(/invalid control frame|stream id zero/)
  })
})

describe('header blocks', () => {
  it('begin from the dictionary of the draft', async () => {
    expect(HEADER_DICTIONARY.length).toBe(1423)
    // zlib names its dictionary by checksum; the one of SPDY/3 is known to be this.
    const first = await headerDeflater().block({})
    expect(first.subarray(2, 6).toString('hex')).toBe('e3c6a7c2')
  })

  it('share one compression over a connection', async () => {
    const [deflater, inflater] = [headerDeflater(), headerInflater()]
    const sizes: number[] = []
    for (const streamtype of ['error', 'stdin', 'stdout', 'stdout']) {
      const written = await deflater.block({ streamtype, port: '80' })
      sizes.push(written.length)
      expect(await inflater.headers(written)).toEqual({ streamtype, port: '80' })
    }
    expect(sizes[3]).toBeLessThan(sizes[0] ?? 0)
    expect(await inflater.headers(await deflater.block({}))).toEqual({})
  })

  it('refuse what is not compressed, what is cut off, and what unfolds without end', async () => {
    await expect(headerInflater().headers(Buffer.from('no zlib at all'))).rejects.toThrow(/header check/)
    const whole = await headerDeflater().block({ streamtype: 'error' })
    await expect(headerInflater().headers(whole.subarray(0, -8))).rejects.toThrow('payload size')
    // The compressing side has the same limit, so the bomb comes from zlib itself.
    const bomb = deflateSync(Buffer.alloc(200_000), { dictionary: HEADER_DICTIONARY })
    await expect(headerInflater().headers(bomb)).rejects.toThrow('too large')
  })
})
