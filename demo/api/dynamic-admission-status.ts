import type { JsonRecord } from './json.ts'
import { isRecord, textAt } from './json.ts'
import type { StatusError } from './status.ts'
import { badRequest, statusError } from './status.ts'

/** 500, as the original words an error of its own. */
export function internalError(why: string): StatusError {
  return statusError(500, 'InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] })
}

/** The answer to a request whose webhook could not be asked. */
export function callFailed(webhook: string, error: unknown): StatusError {
  const why = error instanceof Error ? error.message : String(error)
  return internalError(`failed calling webhook "${webhook}": ${why}`)
}

export function dryRunUnsupported(webhook: string): StatusError {
  return badRequest(`admission webhook "${webhook}" does not support dry run`)
}

/** The Status of a refusal: the webhook's own, as far as it has one, and never a success. */
export function denied(webhook: string, result: JsonRecord): StatusError {
  const start = `admission webhook "${webhook}" denied the request`
  const why = textAt(result, 'message') || textAt(result, 'reason')
  const message = why ? `${start}: ${why}` : `${start} without explanation`
  const code = typeof result.code === 'number' && result.code >= 400 ? result.code : 400
  const error = statusError(code, textAt(result, 'reason'), message)
  if (!error.status.reason) delete error.status.reason
  if (isRecord(result.details)) error.status.details = { ...result.details }
  return error
}
