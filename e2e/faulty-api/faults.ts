import type { IncomingHttpHeaders } from 'node:http'
import type { WatchedResource } from '../../lib/fleet/freshness.ts'

/** `list` is the first page, `page` a further one, `stream` a watch that asks for the list first. */
export type RequestKind = 'list' | 'page' | 'stream' | 'watch'

export interface SeenRequest {
  kind: RequestKind
  resource: WatchedResource
  query: URLSearchParams
  headers: IncomingHttpHeaders
}

/** What is done to one request instead of an answer. */
export type Fault =
  | { kind: 'answer'; status: number; body?: string; headers?: Record<string, string> }
  /** The request is taken and never answered. */
  | { kind: 'hang' }
  | { kind: 'cut'; how: 'reset' | 'fin' }
  /** The answer breaks off after so many bytes of its body. */
  | { kind: 'break-off'; bytes: number; how: 'reset' | 'fin' }
  /** The body comes in pieces of so many bytes, one each time the event loop turns. */
  | { kind: 'drip'; bytes: number }

export interface FaultPlan {
  /** The next `times` matching requests get the fault. */
  add(matches: (request: SeenRequest) => boolean, fault: Fault, times?: number): void
  /** The fault for this request, which is used up by asking. */
  take(request: SeenRequest): Fault | undefined
  /** Faults that no request has met yet. */
  readonly left: number
  clear(): void
}

export function createFaultPlan(): FaultPlan {
  const entries: { matches: (request: SeenRequest) => boolean; fault: Fault; left: number }[] = []
  return {
    add(matches, fault, times = 1) {
      entries.push({ matches, fault, left: times })
    },
    take(request) {
      const at = entries.findIndex((entry) => entry.matches(request))
      const entry = entries[at]
      if (!entry) return undefined
      entry.left -= 1
      if (entry.left <= 0) entries.splice(at, 1)
      return entry.fault
    },
    get left() {
      return entries.reduce((sum, entry) => sum + entry.left, 0)
    },
    clear() {
      entries.length = 0
    },
  }
}

export const isFill = ({ kind }: SeenRequest) => kind === 'list' || kind === 'stream'
export const isWatch = ({ kind }: SeenRequest) => kind === 'watch'

/** A Kubernetes `Status` of failure, as JSON. */
export function statusBody(code: number, reason: string, message: string, details?: object): string {
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
    ...(details ? { details } : {}),
  })
}

export const expiredBody = () => statusBody(410, 'Expired', 'too old resource version: 1 (1000)')

export const tooLargeBody = (wanted: string, current: number) =>
  statusBody(504, 'Timeout', `Too large resource version: ${wanted}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  })
