import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createWebSocketStream } from 'ws'
import type { ConsoleBench } from './console-bench.ts'

/** A port of loopback that leads through the dashboard to the screen of a VM, for viewers that speak plain RFB. */
export interface Bridge {
  port: number
  /** How the last console ended. */
  lastEnd(): string
  close(): Promise<void>
}

export async function bridgeTo(bench: ConsoleBench, name: string): Promise<Bridge> {
  let lastEnd = ''
  const server = createServer((viewer) => {
    viewer.on('error', () => viewer.destroy())
    void bench.ticket(name).then((answer) => {
      const socket = bench.open(answer)
      const stream = createWebSocketStream(socket)
      socket.on('close', (_, reason) => {
        lastEnd = reason.toString()
        viewer.destroy()
      })
      stream.on('error', () => viewer.destroy())
      viewer.on('close', () => socket.terminate())
      stream.pipe(viewer)
      viewer.pipe(stream)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    lastEnd: () => lastEnd,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}
