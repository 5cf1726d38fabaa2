import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadClusterConfig } from './cluster-config.ts'
import { createTransport } from './transport.ts'

/** What to answer, or `cut` to break the connection, or `hang` to say nothing. */
export type PlainAnswer = { status: number; body: unknown; type?: string } | 'cut' | 'hang'

const kubeconfig = (server: string) => `
apiVersion: v1
kind: Config
current-context: plain
clusters: [{ name: plain, cluster: { server: "${server}" } }]
contexts: [{ name: plain, context: { cluster: plain, user: me } }]
users: [{ name: me, user: {} }]
`

/** An API server that answers each path with what the test says, and a transport to it. */
export async function startPlainApi(answer: (path: string, query: URLSearchParams) => PlainAnswer) {
  const seen: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://api')
    seen.push(`${url.pathname}${url.search}`)
    const said = answer(url.pathname, url.searchParams)
    if (said === 'hang') return
    if (said === 'cut') {
      request.socket.destroy()
      return
    }
    const text = typeof said.body === 'string' ? said.body : JSON.stringify(said.body)
    response.writeHead(said.status, { 'content-type': said.type ?? 'application/json' }).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const transport = createTransport(loadClusterConfig({ kind: 'text', text: kubeconfig(address) }))
  return {
    transport,
    seen,
    async close() {
      transport.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
