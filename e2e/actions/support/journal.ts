import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fieldsOf } from '../../../lib/fleet/reader.ts'

/** One event of an audit log, in the API server's own form (audit.k8s.io/v1), as far as it matters here. */
interface AuditEvent {
  auditID: string
  stage: 'RequestReceived' | 'ResponseStarted' | 'ResponseComplete' | 'Panic'
  verb: string
  requestURI: string
  user: { username: string }
  requestObject?: unknown
  responseStatus?: { code?: number }
}

/** A request that changes something, as the API server took it down. */
export interface JournalEntry {
  user: string
  method: string
  path: string
  body: unknown
  code: number
  dryRun: boolean
}

const METHODS: Readonly<Record<string, string>> = {
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
}

function triesOnly(uri: URL, body: unknown): boolean {
  if (uri.searchParams.has('dryRun')) return true
  return typeof body === 'object' && body !== null && 'dryRun' in body
}

/** The original takes the options of a deletion down as it keeps them, whatever version they came in. */
const asSent = (body: unknown): unknown => {
  const options = fieldsOf(body)
  return options.apiVersion === 'meta.k8s.io/__internal' ? { ...options, apiVersion: 'v1' } : body
}

function entryOf(event: AuditEvent): JournalEntry {
  const uri = new URL(event.requestURI, 'http://api')
  return {
    user: event.user.username,
    method: METHODS[event.verb] ?? event.verb,
    path: uri.pathname,
    body: asSent(event.requestObject),
    code: event.responseStatus?.code ?? 0,
    dryRun: triesOnly(uri, event.requestObject),
  }
}

/** What the API server has taken down of one client's writes. */
export interface Journal {
  /** A place in it, to look back to. */
  mark(): number
  /** All that was asked for since, in order; waits until each of them is answered. */
  since(mark: number): Promise<JournalEntry[]>
}

/** Asking whether one may, or who one is, is sent as a creation and creates nothing; an Event only tells of a deed. */
const isTalk = ({ requestURI }: AuditEvent) =>
  /^\/apis\/auth(orization|entication)\.|^\/api\/v1\/namespaces\/[^/]+\/events\b/.test(requestURI)

const PATIENCE_MS = 10_000

/**
 * Reads an audit log of writes, which takes a request down before it is done: what is not in it when the client has
 * its answer, the client has not asked for.
 */
export function openJournal(path: string): Journal {
  const eventsFrom = (mark: number): AuditEvent[] => {
    const text = existsSync(path) ? readFileSync(path).subarray(mark).toString('utf8') : ''
    // The last line may still be on its way.
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n')
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as AuditEvent)
  }
  return {
    mark: () => (existsSync(path) ? readFileSync(path).length : 0),
    async since(mark) {
      const deadline = Date.now() + PATIENCE_MS
      for (;;) {
        const events = eventsFrom(mark)
        const asked = events.filter((event) => event.stage === 'RequestReceived' && !isTalk(event))
        const done = new Map(
          events.filter(({ stage }) => stage === 'ResponseComplete').map((event) => [event.auditID, event]),
        )
        const entries = asked.flatMap(({ auditID }) => done.get(auditID) ?? [])
        if (entries.length === asked.length) return entries.map(entryOf)
        if (Date.now() > deadline) throw new Error(`${asked.length - entries.length} writes got no answer`)
        await wait(5)
      }
    },
  }
}
