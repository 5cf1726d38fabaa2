import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger } from './logger.ts'
import { endOnSignals } from './shutdown.ts'

// A process that ends on signals, for the test to start: a server with one stream that a step closes.
const logger = createLogger('info')
const streams = new Set<ServerResponse>()
const server = createServer((request, response) => {
  if (request.url === '/stream') {
    streams.add(response)
    response.write('data: 1\n\n')
    return
  }
  response.end('hello')
})

endOnSignals({
  logger,
  server,
  steps: [
    async () => logger.info('first'),
    () => {
      throw new Error('this step is broken')
    },
    async () => Promise.reject(new Error('so is this')),
    async () => {
      for (const stream of streams) stream.end()
    },
    async () => logger.info('last'),
  ],
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
