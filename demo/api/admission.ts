import type { User } from './authentication.ts'
import type { KubeJson } from './json.ts'
import type { Resource } from './resource.ts'

export interface AdmissionRequest {
  operation: 'CREATE' | 'UPDATE'
  resource: Resource
  /** '' or `status`. */
  subresource: string
  namespace: string
  name: string
  user: User
  object: KubeJson
  /** The object before an update. */
  old: KubeJson | undefined
  /** The objects of a resource in a namespace, for rules about more than one object. */
  list: (resource: Resource, namespace: string) => readonly KubeJson[]
}

/** What stands between a request and the storage, beyond the rules that all objects share. */
export interface Admission {
  /** Fills in defaults and drops what the schema does not know; answers the object to validate. */
  mutate(request: AdmissionRequest): KubeJson
  /** Throws the Status that refuses the object. */
  validate(request: AdmissionRequest): void
}

/** Lets everything in as it comes. */
export const admitAll: Admission = {
  mutate: (request) => request.object,
  validate: () => undefined,
}

/** One after the other: defaults of the first are seen by the second; the first refusal counts. */
export function admissionChain(...parts: readonly Admission[]): Admission {
  return {
    mutate: (request) => parts.reduce((object, part) => part.mutate({ ...request, object }), request.object),
    validate: (request) => {
      for (const part of parts) part.validate(request)
    },
  }
}
