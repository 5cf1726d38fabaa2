import { duplexPair, type Duplex } from 'node:stream'
import { expect, it, vi } from 'vitest'
import { spdyConnection, type SpdyStream } from './connection.ts'
import { frameReader } from './frame-reader.ts'
import { encodeFrame, type Frame } from './frames.ts'
import { headerDeflater } from './header-block.ts'

/** The client's end of a connection, whose frames are written by hand. */
function session() {
  const [near, far] = duplexPair()
  const opened: SpdyStream[] = []
  const connection = spdyConnection(near, Buffer.alloc(0), (stream) => void opened.push(stream))
  const deflater = headerDeflater()
  const seen: Frame[] = []
  const read = frameReader()
  const ended = new Promise<void>((resolve) => far.once('end', () => resolve()))
  far.on('data', (chunk: Buffer) => void seen.push(...read(chunk)))
  const send = (frame: Frame) => void far.write(encodeFrame(frame))
  return {
    connection,
    opened,
    far,
    near,
    send,
    ended,
    async open(streamId: number, headers: Record<string, string> = {}, fin = false) {
      send({ type: 'syn-stream', streamId, fin, block: await deflater.block(headers) })
    },
    /** Waits until as many frames of the type have come. */
    async saw(type: Frame['type'], count = 1): Promise<Frame[]> {
      await vi.waitFor(() => expect(seen.filter((frame) => frame.type === type)).toHaveLength(count))
      return seen.filter((frame) => frame.type === type)
    },
  }
}

async function textOf(stream: SpdyStream | undefined): Promise<string> {
  let text = ''
  for await (const chunk of stream?.received ?? []) text += Buffer.from(chunk).toString()
  return text
}
const data = (streamId: number, text: string, fin = false): Frame => ({
  type: 'data',
  streamId,
  fin,
  data: Buffer.from(text),
})

it('answers each stream and carries its bytes until its end', async () => {
  const { open, opened, saw, send } = session()
  await open(1, { streamtype: 'error' })
  await open(3, { streamtype: 'stdin' })
  expect(await saw('syn-reply', 2)).toMatchObject([{ streamId: 1 }, { streamId: 3 }])
  expect(opened.map((stream) => stream.headers)).toEqual([{ streamtype: 'error' }, { streamtype: 'stdin' }])
  send(data(3, 'one '))
  send(data(9, 'for nobody'))
  send(data(3, 'two', true))
  expect(await textOf(opened[1])).toBe('one two')
  await opened[0]?.write(Buffer.from('done'))
  await opened[0]?.end()
  const sent = await saw('data', 2)
  expect(sent).toMatchObject([
    { streamId: 1, fin: false, data: Buffer.from('done') },
    { streamId: 1, fin: true },
  ])
})

it('answers the pings of its client, and none of its own', async () => {
  const { send, saw } = session()
  send({ type: 'ping', id: 2 })
  send({ type: 'settings', settings: [{ id: 7, value: 65_536 }] })
  send({ type: 'window-update', streamId: 1, delta: 100 })
  send({ type: 'ping', id: 5 })
  expect(await saw('ping')).toEqual([{ type: 'ping', id: 5 }])
})

it('resets streams whose number is even or not new', async () => {
  const { open, opened, saw } = session()
  await open(3)
  await open(2)
  await open(1)
  await open(3)
  expect(await saw('rst-stream', 3)).toMatchObject([{ streamId: 2 }, { streamId: 1 }, { streamId: 3 }])
  expect(opened).toHaveLength(1)
})

it('ends a stream that the client resets, or opens as finished', async () => {
  const { open, opened, saw, send } = session()
  await open(1)
  await open(3, {}, true)
  await saw('syn-reply', 2)
  send({ type: 'rst-stream', streamId: 1, status: 5 })
  expect(await Promise.all(opened.map(textOf))).toEqual(['', ''])
})

it.each<[string, (far: Duplex, send: (frame: Frame) => void) => void]>([
  ['says good-bye', (_, send) => send({ type: 'go-away', lastStreamId: 0, status: 0 })],
  ['closes its side', (far) => void far.end()],
  ['breaks off', (far) => void far.destroy()],
  ['speaks something else', (far) => void far.write(Buffer.alloc(16))],
])('is over when the client %s', async (_, leave) => {
  const { open, opened, saw, connection, far, send } = session()
  await open(1)
  await saw('syn-reply')
  const reading = textOf(opened[0])
  leave(far, send)
  await vi.waitFor(() => expect(connection.signal.aborted).toBe(true))
  expect(await reading).toBe('')
})

it('says good-bye after everything that it has sent', async () => {
  const { open, opened, saw, connection, ended } = session()
  await open(1)
  await saw('syn-reply')
  await opened[0]?.write(Buffer.alloc(200_000))
  await connection.close()
  await ended
  const [bye] = await saw('go-away')
  expect(bye).toEqual({ type: 'go-away', lastStreamId: 1, status: 0 })
  const sent = await saw('data', 4)
  expect(sent.reduce((sum, frame) => sum + (frame.type === 'data' ? frame.data.length : 0), 0)).toBe(200_000)
})

it('does not read faster than its streams are read', async () => {
  const { open, opened, saw, send, far } = session()
  await open(1)
  await saw('syn-reply')
  let accepted = 0
  for (let index = 0; index < 100 && !far.writableNeedDrain; index++) {
    send(data(1, 'x'.repeat(32_768)))
    accepted += 32_768
    await new Promise((resolve) => void setImmediate(resolve))
  }
  expect(accepted).toBeLessThan(2_000_000)
  send(data(1, '', true))
  expect((await textOf(opened[0])).length).toBe(accepted)
})
