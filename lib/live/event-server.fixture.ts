import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One connection that a page opened. */
export interface Opened {
  headers: IncomingHttpHeaders
  /** Sends text as a piece of the event stream. */
  send(text: string): void
  refuse(status: number, type?: string, body?: string): void
  /** Ends it properly, or breaks it off. */
  end(): void
  cut(): void
}

const openedBy = (headers: IncomingHttpHeaders, response: ServerResponse): Opened => {
  const begin = () => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  }
  return {
    headers,
    send(text) {
      begin()
      response.write(text)
    },
    refuse: (status, type = 'text/plain', body = 'no') =>
      void response.writeHead(status, { 'content-type': type }).end(body),
    end() {
      begin()
      response.end()
    },
    cut: () => response.destroy(),
  }
}

/** A server of events whose every connection is answered by `answer`. */
export async function startEventServer(answer: (opened: Opened, count: number) => void) {
  const opened: Opened[] = []
  const open = new Set<Opened>()
  const server = createServer((request, response) => {
    const connection = openedBy(request.headers, response)
    opened.push(connection)
    open.add(connection)
    response.on('close', () => open.delete(connection))
    answer(connection, opened.length)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stream`,
    /** All connections so far, and those that are open. */
    opened,
    open,
    /** Where each connection wanted to go on. */
    resumed: () => opened.map(({ headers }) => headers['last-event-id'] ?? null),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** How long a condition may take on a busy machine (ms). */
export const PATIENCE = { timeout: 15_000, interval: 5 }
