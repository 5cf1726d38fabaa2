import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { openSocket } from '../../../lib/kube/open-socket.ts'
import type { Transport } from '../../../lib/kube/transport.ts'

/** A stand-in for API server and node agent: runs what exec asks for on this machine, without a terminal, as an agent does. */
export interface LocalExec {
  /** The ways to the cluster, with exec led to this machine. */
  wrap(transport: Transport): Transport
  /** What was asked to be run. */
  commands: string[][]
  /** The whole of what the API server was asked for, path and query, each time. */
  asked: string[]
  /** Programs that still run. */
  running(): number
  /** Answers so instead of switching protocols; null for what it is there for. */
  answer: { status: number; headers?: Record<string, string>; body: string } | null
  close(): Promise<void>
}

function serve(socket: WebSocket, child: ChildProcess): void {
  const say = (channel: number, data: Buffer) => socket.send(Buffer.concat([Buffer.of(channel), data]))
  child.stdout?.on('data', (data: Buffer) => say(1, data))
  child.stderr?.on('data', (data: Buffer) => say(2, data))
  child.stdin?.on('error', () => undefined)
  socket.on('message', (data: Buffer) => {
    if (data[0] === 0) child.stdin?.write(data.subarray(1))
    if (data[0] === 255) child.stdin?.end()
  })
  socket.on('close', () => child.kill('SIGKILL'))
  child.on('close', (code) => {
    const failed = {
      status: 'Failure',
      reason: 'NonZeroExitCode',
      message: `exit ${code}`,
      details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
    }
    say(3, Buffer.from(JSON.stringify(code === 0 ? { status: 'Success' } : failed)))
    socket.close(1000)
  })
}

/** `instead` is run in place of what is asked for, where that must not be run. */
export async function startLocalExec(instead?: readonly string[]): Promise<LocalExec> {
  const http = createServer()
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'v5.channel.k8s.io' })
  const children = new Set<ChildProcess>()
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const server = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const local: LocalExec = {
    wrap: (transport) => ({
      ...transport,
      openSocket: (request) => openSocket(server, request, { headers: {} }),
    }),
    commands: [],
    asked: [],
    running: () => children.size,
    answer: null,
    async close() {
      for (const child of children) child.kill('SIGKILL')
      http.closeAllConnections()
      await new Promise((resolve) => void http.close(resolve))
    },
  }
  http.on('upgrade', (request: IncomingMessage, socket, head) => {
    const { answer } = local
    if (answer !== null) {
      const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.end(
        `HTTP/1.1 ${answer.status} No\r\n${headers.join('')}Content-Length: ${answer.body.length}\r\n\r\n${answer.body}`,
      )
      return
    }
    local.asked.push(request.url ?? '')
    const command = new URL(request.url ?? '', server).searchParams.getAll('command')
    local.commands.push(command)
    sockets.handleUpgrade(request, socket, head, (client) => {
      const [program = '', ...args] = instead ?? command
      const child = spawn(program, args, { stdio: 'pipe', env: { ...process.env, PS1: '$ ' } })
      children.add(child)
      child.on('exit', () => children.delete(child))
      serve(client, child)
    })
  })
  return local
}
