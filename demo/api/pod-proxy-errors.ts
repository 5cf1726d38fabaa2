import type { StatusDetails, StatusError } from './status.ts'
import { badRequest, statusError } from './status.ts'

/** A Status without a reason: errors that the original knows nothing of have none. */
function unreasoned(code: number, message: string, details?: StatusDetails): StatusError {
  const error = statusError(code, '', message, details)
  const { reason: _, ...status } = error.status
  return Object.assign(error, { status })
}

/** What the original makes of an error that has no Status of its own. */
export const plainError = (message: string) => unreasoned(500, message)

/** 500 with the text as its cause. */
export function internalError(text: string): StatusError {
  const message = `Internal error occurred: ${text}`
  return statusError(500, 'InternalError', message, { causes: [{ reason: '', message: text }] })
}

interface Generic {
  reason: string
  message: string
}

const GENERIC: Record<number, Generic> = {
  401: { reason: 'Unauthorized', message: 'the server has asked for the client to provide credentials' },
  404: { reason: 'NotFound', message: 'the server could not find the requested resource' },
  405: {
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
  },
  422: { reason: 'Invalid', message: 'the server rejected our request due to an error in our request' },
  503: {
    reason: 'ServiceUnavailable',
    message: 'the server is currently unable to handle the request',
  },
}

function genericOf(code: number, body: string): Generic {
  const known = GENERIC[code]
  if (known) return known
  if (code === 403) return { reason: 'Forbidden', message: body }
  if (code >= 500) {
    const message = `an error on the server (${JSON.stringify(body)}) has prevented the request from succeeding`
    return { reason: 'InternalError', message }
  }
  const message = `the server responded with the status code ${code} but did not return more information`
  return { reason: '', message }
}

/** The Status that the original makes of a kubelet's refusal to show logs. */
export function logRefusal(code: number, body: string, name: string): StatusError {
  if (code === 400) return badRequest(body)
  if (code === 500) return internalError(body)
  const { reason, message } = genericOf(code, body)
  // The space is where a verb would be; the original does not know it here.
  const text = `${message} ( pods/log ${name})`
  const details = { name, kind: 'pods/log' }
  return reason === '' ? unreasoned(code, text, details) : statusError(code, reason, text, details)
}

/** A failed connection as Go words it. */
export function dialText(error: unknown, host: string, port: number): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  const code = first instanceof Error && 'code' in first ? String(first.code) : ''
  const address = first instanceof Error && 'address' in first ? String(first.address) : host
  const target = `dial tcp ${address.includes(':') ? `[${address}]` : address}:${port}`
  switch (code) {
    case 'ECONNREFUSED':
      return `${target}: connect: connection refused`
    case 'EHOSTUNREACH':
      return `${target}: connect: no route to host`
    case 'ENETUNREACH':
      return `${target}: connect: network is unreachable`
    case 'ETIMEDOUT':
      return `${target}: i/o timeout`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `dial tcp: lookup ${host}: no such host`
    case 'ECONNRESET':
      return 'EOF'
    default:
      return first instanceof Error ? first.message : String(first)
  }
}
