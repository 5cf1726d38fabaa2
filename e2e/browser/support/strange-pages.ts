import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Pages of somebody else, under whichever name of this machine they are asked for. */
export async function serveStrangePages() {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Elsewhere</title>')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
