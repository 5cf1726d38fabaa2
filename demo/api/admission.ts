import type { User } from './authentication.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import type { Resource } from './resource.ts'

interface Request {
  resource: Resource
  /** '' or `status`. */
  subresource: string
  /** Of a namespace object: its own name. */
  namespace: string
  /** '' when it is to be generated. */
  name: string
  user: User
  dryRun: boolean
  /** CreateOptions, UpdateOptions or DeleteOptions, as webhooks see them. */
  options: JsonRecord
  /** Tells the client something that does not stop its request. */
  warn: (text: string) => void
}

export interface WriteRequest extends Request {
  operation: 'CREATE' | 'UPDATE'
  object: KubeJson
  /** The object before an update. */
  old: KubeJson | undefined
}

export interface DeleteRequest extends Request {
  operation: 'DELETE'
  object: undefined
  old: KubeJson
}

export type AdmissionRequest = WriteRequest | DeleteRequest

/** What stands between a request and the storage, beyond what kind and schema demand by themselves. */
export interface Admission {
  /** May change the object; answers the one to validate. Rejects with the Status that refuses it. */
  mutate(request: WriteRequest): KubeJson | Promise<KubeJson>
  /** Throws, or rejects with, the Status that refuses the request. */
  validate(request: AdmissionRequest): void | Promise<void>
}

/** Lets everything in as it comes. */
export const admitAll: Admission = {
  mutate: (request) => request.object,
  validate: () => undefined,
}

/** One after the other: what the first changes is seen by the second; the first refusal counts. */
export function admissionChain(...parts: readonly Admission[]): Admission {
  return {
    async mutate(request) {
      let { object } = request
      for (const part of parts) object = await part.mutate({ ...request, object })
      return object
    },
    async validate(request) {
      for (const part of parts) await part.validate(request)
    },
  }
}
