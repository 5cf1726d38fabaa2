import { afterAll, beforeAll, expect, it } from 'vitest'
import { startConsoleBench } from './support/console-bench.ts'
import type { ConsoleBench } from './support/console-bench.ts'
import { screenPod } from './support/screen-pod.ts'
import { BANNER, echoScreen, listenTo } from './support/talk.ts'
import type { Listener } from './support/talk.ts'

let screen: Listener
let bench: ConsoleBench

beforeAll(async () => {
  screen = await echoScreen()
  bench = await startConsoleBench({ objects: [screenPod('desk', { port: String(screen.port) })] })
})
afterAll(async () => {
  await bench.close()
  await screen.close()
})

it('carries bytes both ways', async () => {
  const socket = bench.open(await bench.ticket('desk'))
  const heard = listenTo(socket)
  await heard.until(BANNER.length)
  socket.send(Buffer.from('hello'))
  expect(await heard.until(BANNER.length + 5)).toBe(`${BANNER}hello`)
  socket.close()
  expect(await heard.ended).toMatchObject({ status: 101, code: 1005 })
})

it('carries every byte of much, in order', async () => {
  const socket = bench.open(await bench.ticket('desk'))
  const heard = listenTo(socket)
  await heard.until(BANNER.length)
  const much = Buffer.alloc(20_000_000)
  for (let index = 0; index < much.length; index += 4) much.writeUInt32LE(index, index)
  for (let at = 0; at < much.length; at += 300_007) socket.send(much.subarray(at, at + 300_007))
  const text = await heard.until(BANNER.length + much.length)
  expect(Buffer.from(text, 'latin1').subarray(BANNER.length).equals(much)).toBe(true)
  socket.terminate()
})

it('says that the server hung up', async () => {
  const heard = listenTo(bench.open(await bench.ticket('desk')))
  await heard.until(BANNER.length)
  for (const socket of screen.sockets) socket.destroy()
  expect(await heard.ended).toMatchObject({ code: 4013, reason: 'guest-closed' })
})
