import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { createServer, request as ask } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A door in front of an API server that takes down every write which goes through it. */
export interface Recorder {
  url: string
  close(): Promise<void>
}

const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const REVIEWS = '/apis/authentication.k8s.io/v1/selfsubjectreviews'
const known = new Map<string, Promise<string>>()

/** Whose credentials these are, as the API server itself says, which need not know them twice. */
function whoIs(server: string, authorization: string): Promise<string> {
  const asked = known.get(authorization)
  if (asked !== undefined) return asked
  const review = async () => {
    const body = JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' })
    const headers = { authorization, 'content-type': 'application/json' }
    const answer = await fetch(new URL(REVIEWS, server), { method: 'POST', headers, body })
    const { status } = (await answer.json()) as { status?: { userInfo?: { username?: string } } }
    return status?.userInfo?.username ?? 'nobody'
  }
  const answer = review()
  known.set(authorization, answer)
  return answer
}

async function pass(server: string, file: string, incoming: IncomingMessage, outgoing: ServerResponse) {
  const { method = 'GET', url = '/', headers } = incoming
  const verb = VERBS[method]
  const username = verb === undefined ? '' : await whoIs(server, headers.authorization ?? '')
  const event = { auditID: randomUUID(), verb, requestURI: url, user: { username } }
  const note = (more: object) => appendFileSync(file, `${JSON.stringify({ ...event, ...more })}\n`)
  if (verb !== undefined) note({ stage: 'RequestReceived' })
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const body = Buffer.concat(chunks)
  const onward = ask(new URL(url, server), { method, headers }, (answer) => {
    if (verb !== undefined) {
      const requestObject = parsed(body.toString('utf8'))
      note({ stage: 'ResponseComplete', requestObject, responseStatus: { code: answer.statusCode } })
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
    outgoing.on('close', () => answer.destroy())
  })
  onward.on('error', () => outgoing.destroy())
  onward.end(body)
}

/** Starts one, which writes to `file` what the audit log of a real API server would say. */
export async function recordWrites(server: string, file: string): Promise<Recorder> {
  const door = createServer((incoming, outgoing) => {
    pass(server, file, incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => void door.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        door.close(() => resolve())
        door.closeAllConnections()
      }),
  }
}
