/** A refusal by the API server: its HTTP status, and reason and message of its Status object. */
export interface ApiError extends Error {
  status: number
  reason: string
}

/** Names the request, so that a log line says what was asked for and why it was refused. */
export function apiError(status: number, body: unknown, request: string): ApiError {
  const told = typeof body === 'object' && body !== null ? body : {}
  const reason = 'reason' in told && typeof told.reason === 'string' ? told.reason : 'Unknown'
  const message = 'message' in told && typeof told.message === 'string' ? told.message : 'no message'
  return Object.assign(new Error(`${request}: ${status} ${reason}: ${message}`), { status, reason })
}

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof Error && 'status' in error && error.status === status
}

export const isNotFound = (error: unknown) => hasStatus(error, 404)
export const isConflict = (error: unknown) => hasStatus(error, 409)
/** Nothing can be created there any more: the namespace is on its way out. */
export const isTerminating = (error: unknown) =>
  hasStatus(error, 403) && error instanceof Error && error.message.endsWith('because it is being terminated')
/** The server answered, and the answer was no. */
export const isRefusal = (error: unknown) => error instanceof Error && 'status' in error
