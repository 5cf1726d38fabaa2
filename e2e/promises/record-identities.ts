import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An API server behind a door that takes down as whom it is asked. */
export interface IdentityRecorder {
  url: string
  /** Every user, with their groups, that was impersonated since the last time somebody asked. */
  impersonated(): string[]
  close(): Promise<void>
}

/** The fields of one name, as they came. */
const fieldsOf = (rawHeaders: readonly string[], name: string) =>
  rawHeaders.flatMap((field, at) =>
    at % 2 === 0 && field.toLowerCase() === name ? [rawHeaders[at + 1] ?? ''] : [],
  )

export async function recordIdentities(target: string): Promise<IdentityRecorder> {
  let seen: string[] = []
  const server = createServer((incoming, outgoing) => {
    const users = fieldsOf(incoming.rawHeaders, 'impersonate-user')
    const groups = fieldsOf(incoming.rawHeaders, 'impersonate-group')
    if (users.length > 0 || groups.length > 0) seen.push(`${users.join('+')}/${groups.join('+')}`)
    const { method, headers, url = '' } = incoming
    const forwarded = request(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      outgoing.flushHeaders()
      answer.pipe(outgoing)
    })
    forwarded.on('error', () => outgoing.destroy())
    outgoing.on('close', () => forwarded.destroy())
    incoming.pipe(forwarded)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    impersonated() {
      const told = seen
      seen = []
      return told
    },
    async close() {
      const closed = new Promise((resolve) => void server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
