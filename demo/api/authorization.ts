import type { User } from './authentication.ts'
import type { StatusError } from './status.ts'
import { forbidden, statusError } from './status.ts'

/** What a request asks for, in the words of an access review. */
export interface Attributes {
  verb: string
  group: string
  resource: string
  subresource: string
  namespace: string
  name: string
  /** Set for requests outside the API's resources; the others are '' then. */
  path: string
}

export interface Decision {
  allowed: boolean
  reason?: string
}

export interface Rules {
  resourceRules: Record<string, unknown>[]
  nonResourceRules: Record<string, unknown>[]
  /** Why there may be more rules than these. */
  evaluationError?: string
}

/** Who may do what. */
export interface Authorizer {
  decide(user: User, attributes: Attributes): Decision
  rules(user: User, namespace: string): Rules
}

const denials = new WeakSet<Error>()

/** Whether an error is the refusal of a request because of its sender, whatever it asks for. */
export const isDenial = (error: unknown) => error instanceof Error && denials.has(error)

/** Notes that an error is such a refusal. */
export function asDenial(error: StatusError): StatusError {
  denials.add(error)
  return error
}

/** The 403 that a refused request gets, worded as the original does. */
export function accessDenied(user: User, asked: Attributes, reason = ''): StatusError {
  return asDenial(denialOf(user, asked, reason))
}

function denialOf(user: User, asked: Attributes, reason: string): StatusError {
  const suffix = reason ? `: ${reason}` : ''
  if (asked.path) {
    const text = `forbidden: User "${user.username}" cannot ${asked.verb} path "${asked.path}"${suffix}`
    return statusError(403, 'Forbidden', text, {})
  }
  const resource = asked.subresource ? `${asked.resource}/${asked.subresource}` : asked.resource
  const scope = asked.namespace ? `in the namespace "${asked.namespace}"` : 'at the cluster scope'
  const what = `cannot ${asked.verb} resource "${resource}" in API group "${asked.group}"`
  const why = `User "${user.username}" ${what} ${scope}${suffix}`
  return forbidden({ group: asked.group, plural: asked.resource }, asked.name, why)
}
