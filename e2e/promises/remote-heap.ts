import { WebSocket } from 'ws'

interface Reply {
  id?: number
  result?: { usedSize?: number }
  error?: { message: string }
}

/** The heap of another Node process, looked at through its inspector. */
export interface RemoteHeap {
  /** Bytes in use after everything else was collected. */
  settled(): Promise<number>
  close(): void
}

/** Connects to a process that was started with `--inspect=127.0.0.1:<port>`. */
export async function remoteHeap(port: number): Promise<RemoteHeap> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`)
  const [target] = (await answer.json()) as { webSocketDebuggerUrl: string }[]
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '')
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })
  let last = 0
  const call = (method: string) =>
    new Promise<NonNullable<Reply['result']>>((resolve, reject) => {
      last += 1
      const id = last
      const hear = (data: Buffer) => {
        const reply = JSON.parse(data.toString('utf8')) as Reply
        if (reply.id !== id) return
        socket.off('message', hear)
        if (reply.error) reject(new Error(reply.error.message))
        else resolve(reply.result ?? {})
      }
      socket.on('message', hear)
      socket.send(JSON.stringify({ id, method }))
    })
  return {
    async settled() {
      await call('HeapProfiler.collectGarbage')
      return (await call('Runtime.getHeapUsage')).usedSize ?? 0
    },
    close: () => socket.close(),
  }
}
