/** One field error of an Invalid answer, as field.Error prints it. */
export interface FieldCause {
  reason: string
  message: string
  field: string
}

export interface StatusDetails {
  name?: string
  group?: string
  kind?: string
  uid?: string
  causes?: FieldCause[] | { reason?: string; message: string }[]
  retryAfterSeconds?: number
}

/** A `Status` object of Kubernetes (meta/v1). */
export interface Status {
  kind: 'Status'
  apiVersion: 'v1'
  metadata: { continue?: string }
  status: 'Success' | 'Failure'
  message?: string
  reason?: string
  details?: StatusDetails
  code?: number
}

/** What handlers throw to answer with a Status. */
export interface StatusError extends Error {
  status: Status & { code: number }
}

/** The group and plural that messages are about. */
export interface GroupResource {
  group: string
  plural: string
}

/** The group and kind that messages of invalid objects are about. */
export interface GroupKind {
  group: string
  kind: string
}

export function isStatusError(error: unknown): error is StatusError {
  return error instanceof Error && 'status' in error
}

export function statusError(
  code: number,
  reason: string,
  message: string,
  details?: StatusDetails,
): StatusError {
  const status: StatusError['status'] = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason && { reason }),
    ...(details && { details }),
    code,
  }
  return Object.assign(new Error(message), { status })
}

const qualified = ({ group, plural }: GroupResource) => (group ? `${plural}.${group}` : plural)
const about = ({ group, plural }: GroupResource, name: string): StatusDetails => ({
  ...(name && { name }),
  ...(group && { group }),
  kind: plural,
})

export function notFound(resource: GroupResource, name: string): StatusError {
  return statusError(404, 'NotFound', `${qualified(resource)} "${name}" not found`, about(resource, name))
}

export function alreadyExists(resource: GroupResource, name: string, leaving = false): StatusError {
  const message = `${qualified(resource)} "${name}" already exists`
  const told = leaving ? `object is being deleted: ${message}` : message
  return statusError(409, 'AlreadyExists', told, about(resource, name))
}

export const STALE =
  'the object has been modified; please apply your changes to the latest version and try again'

export function conflict(resource: GroupResource, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`
  return statusError(409, 'Conflict', message, about(resource, name))
}

export function forbidden(resource: GroupResource, name: string, why: string): StatusError {
  const named = name ? `${qualified(resource)} "${name}"` : qualified(resource)
  return statusError(403, 'Forbidden', `${named} is forbidden: ${why}`, about(resource, name))
}

/** 422 with one cause per field error, worded as the original aggregates them. */
export function invalid(about_: GroupKind, name: string, causes: FieldCause[]): StatusError {
  const kind = about_.group ? `${about_.kind}.${about_.group}` : about_.kind
  const lines = [...new Set(causes.map((cause) => `${cause.field}: ${cause.message}`))]
  const list = lines.length === 1 ? (lines[0] ?? '') : `[${lines.join(', ')}]`
  return statusError(422, 'Invalid', `${kind} "${name}" is invalid: ${list}`, {
    ...(name && { name }),
    ...(about_.group && { group: about_.group }),
    ...(about_.kind && { kind: about_.kind }),
    causes,
  })
}

export function badRequest(message: string): StatusError {
  return statusError(400, 'BadRequest', message)
}

/** A path that names nothing this server has. */
export function noSuchResource(): StatusError {
  return statusError(404, 'NotFound', 'the server could not find the requested resource', {})
}

/** A method for which a path has no route. */
export function methodNotAllowed(): StatusError {
  const message = 'the server does not allow this method on the requested resource'
  return statusError(405, 'MethodNotAllowed', message, {})
}

/** What a resource cannot do, whose handler was asked for it. */
export function notSupported(resource: GroupResource, verb: string): StatusError {
  const message = `${verb} is not supported on resources of kind "${qualified(resource)}"`
  return statusError(405, 'MethodNotAllowed', message, about(resource, ''))
}

export function unsupportedMediaType(accepted: readonly string[]): StatusError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`
  return statusError(415, 'UnsupportedMediaType', message)
}

export function notAcceptable(accepted: readonly string[]): StatusError {
  const message = `only the following media types are accepted: ${accepted.join(', ')}`
  return statusError(406, 'NotAcceptable', message)
}

export function unauthorized(): StatusError {
  return statusError(401, 'Unauthorized', 'Unauthorized')
}

export function tooOld(asked: number, oldest: number): StatusError {
  return statusError(410, 'Expired', `too old resource version: ${asked} (${oldest})`)
}

export function tooLargeRevision(asked: number, current: number): StatusError {
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`
  return statusError(504, 'Timeout', message, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  })
}

/** The answer to a finished deletion of an object that is not returned itself. */
export function deleted(resource: GroupResource, name: string, uid: string): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { ...about(resource, name), uid },
  }
}
