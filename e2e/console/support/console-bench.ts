import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { WebSocket } from 'ws'
import { answerConsole } from '../../../lib/console/answer-console.ts'
import { createConsoles } from '../../../lib/console/consoles.ts'
import type { Consoles } from '../../../lib/console/consoles.ts'
import { enterConsole } from '../../../lib/console/door.ts'
import type { ConsoleSettings } from '../../../lib/console/settings.ts'
import type { KubeObject } from '../../../lib/cocoon/kube-json.ts'
import type { ConsoleAnswer, ConsoleKind } from '../../../lib/fleet/console/answer.ts'
import type { FleetService } from '../../../lib/kube/fleet-service.ts'
import type { Transport } from '../../../lib/kube/transport.ts'
import { createLogger } from '../../../lib/process/logger.ts'
import type { Logger } from '../../../lib/process/logger.ts'
import { startActionBench } from '../../promises/bench-actions.ts'
import type { ActionBench, Answered } from '../../promises/bench-actions.ts'

/** Loopback, which the tests' own servers need and nobody else may dial. */
export const LOOPBACK = { networks: ['127.0.0.0/8'], ports: [{ first: 1_024, last: 65_535 }] }

const LIMITS = { perUser: 1_000, total: 10_000, idleMs: 0, longestMs: 0 }

export interface ConsoleBench {
  cluster: ActionBench
  service: FleetService
  consoles: Consoles
  port: number
  /** Where the dashboard's pages are. */
  origin: string
  /** Asks for a console; answers whatever comes. */
  ask(name: string, body?: object, headers?: Record<string, string>): Promise<Answered>
  /** Asks for a console, a screen unless told, which must be granted. */
  ticket(name: string, kind?: ConsoleKind): Promise<ConsoleAnswer>
  /** A WebSocket of the dashboard's own page. */
  open(answer: ConsoleAnswer): WebSocket
  close(): Promise<void>
}

export interface ConsoleBenchOptions {
  objects: readonly KubeObject[]
  settings?: Partial<ConsoleSettings>
  wrap?: (transport: Transport) => Transport
  now?: () => number
  logger?: Logger
  tickEveryMs?: number
}

/** A dashboard's consoles at a free port, as `server.ts` has them, of a cluster with these objects. */
export async function startConsoleBench(options: ConsoleBenchOptions): Promise<ConsoleBench> {
  const cluster = await startActionBench(options.objects)
  const { service } = await cluster.dashboard(options.wrap, options.logger)
  const consoles = createConsoles({
    service,
    logger: options.logger ?? createLogger('silent'),
    settings: {
      publicOrigins: [],
      allowances: [LOOPBACK],
      limits: LIMITS,
      terminalShell: '',
      screenPassword: '',
      ...options.settings,
    },
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(options.tickEveryMs === undefined ? {} : { tickEveryMs: options.tickEveryMs }),
  })
  const http = createServer((incoming, outgoing) => {
    const [, , , namespace, name] = incoming.url?.split('/') ?? []
    void (async () => {
      const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
        method: 'POST',
        headers: new Headers(incoming.headers as Record<string, string>),
        body: await text(incoming),
      })
      const response = await answerConsole(consoles, request, { namespace, name })
      outgoing.writeHead(response.status).end(await response.text())
    })()
  })
  http.on('upgrade', (request, socket, head) => void enterConsole(consoles, request, socket, head))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const origin = `http://localhost:${port}`

  const bench: ConsoleBench = {
    cluster,
    service,
    consoles,
    port,
    origin,
    async ask(name, body = {}, headers = {}) {
      const response = await fetch(`${origin}/api/vms/team/${name}/console`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ uid: `uid-${name}`, kind: 'vnc', ...body }),
      })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
    async ticket(name, kind = 'vnc') {
      const { status, body } = await bench.ask(name, { kind })
      if (status !== 200) throw new Error(`no ticket for ${name}: ${JSON.stringify(body)}`)
      return body as unknown as ConsoleAnswer
    },
    open: ({ path, protocols }) => new WebSocket(`ws://localhost:${port}${path}`, protocols, { origin }),
    async close() {
      await consoles.close()
      http.closeAllConnections()
      await new Promise((resolve) => void http.close(resolve))
      await cluster.close()
    },
  }
  return bench
}
