import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { TOKEN } from '../../demo/api/testing/test-server.ts'
import { kubeconfigText } from '../../demo/kubeconfig.ts'
import { startDashboard } from '../../scripts/dashboard.ts'
import { family, startActionBench } from './bench-actions.ts'
import type { ActionBench } from './bench-actions.ts'

/** The name of the one set, and in that of its agent: who knows it may put it into a path. */
export const CANARY = 'zq7canary'
/** In every object, and in no path: whoever hears it was told of the cluster. */
export const SECRET = 'zq8secret'

export interface Asked {
  method?: string
  path: string
  /** As they are sent; a value of several is several fields. */
  headers?: Record<string, string | string[]>
  body?: string
  /** The address of this machine that it comes from. */
  from?: string
}

export interface Told {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

export interface SurfaceBench {
  cluster: ActionBench
  url: string
  port: number
  /** Sends a request as it is told, with the dashboard's own host unless told; `path` goes out as it stands. */
  ask(asked: Asked): Promise<Told>
  close(): Promise<void>
}

/** Reads no more of an answer that never ends than this. */
const ENOUGH_BYTES = 1_024

const marked = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    annotations: { ...object.metadata?.annotations, 'example.org/note': SECRET },
  },
})

/**
 * The real process on a cluster whose objects all bear the canary: the set `team/zq7canary` and its agent, and what is
 * given besides.
 */
export async function startSurfaceBench(
  env: Record<string, string> = {},
  objects: readonly KubeObject[] = [],
): Promise<SurfaceBench> {
  const folder = mkdtempSync(join(tmpdir(), 'cocoon-surface-'))
  const { set, pod } = family(CANARY, { agent: { image: `registry.example/${SECRET}:1` } })
  const cluster = await startActionBench([marked(set), marked(pod), ...objects])
  const KUBECONFIG = join(folder, 'kubeconfig')
  writeFileSync(KUBECONFIG, kubeconfigText({ server: cluster.server.url, token: TOKEN }), { mode: 0o600 })
  const dashboard = await startDashboard({
    CLUSTER: 'kube',
    KUBECONFIG,
    LOG_LEVEL: 'silent',
    RATE_LIMIT: '0',
    ...env,
  })
  const port = Number(new URL(dashboard.url).port)
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  return {
    cluster,
    url: dashboard.url,
    port,
    ask({ method = 'GET', path, headers = {}, body, from }) {
      // Node frames the body of a DELETE only when told.
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
      const framed = { host: `localhost:${port}`, ...length }
      const { promise, resolve, reject } = Promise.withResolvers<Told>()
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          agent,
          headers: { ...framed, ...headers },
          ...(from === undefined ? {} : { localAddress: from }),
        },
        (answer) => {
          let text = ''
          const done = () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text })
          const endless = answer.headers['content-type']?.startsWith('text/event-stream')
          answer.setEncoding('latin1').on('data', (chunk: string) => {
            text += chunk
            if (!endless || text.length < ENOUGH_BYTES) return
            done()
            sent.destroy()
          })
          answer.on('end', done).on('error', done)
        },
      )
      sent.on('error', (error) => reject(new Error(`${method} ${path}: ${error.message}`)))
      sent.end(body)
      return promise
    },
    async close() {
      agent.destroy()
      await dashboard.stop()
      await cluster.close()
      rmSync(folder, { recursive: true })
    },
  }
}
