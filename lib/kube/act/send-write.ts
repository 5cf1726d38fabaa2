import { writePath } from '../../fleet/writes/planned-write.ts'
import type { PlannedWrite } from '../../fleet/writes/planned-write.ts'
import type { ApiRequest } from '../transport.ts'
import { callApi } from './api-call.ts'
import type { Called } from './api-call.ts'
import type { Acting } from './deed.ts'

const CONTENT_TYPE: Record<PlannedWrite['method'], string> = {
  POST: 'application/json',
  PUT: 'application/json',
  PATCH: 'application/json-patch+json',
  DELETE: 'application/json',
}

/** A field that the cluster does not know would be dropped in silence; what is posted whole must be known whole. */
const STRICT: ReadonlySet<PlannedWrite['method']> = new Set<PlannedWrite['method']>(['POST', 'PUT'])

function requestOf(write: PlannedWrite, manager: string, dryRun: boolean): ApiRequest {
  const { method } = write
  return {
    method,
    path: writePath(write),
    query: {
      dryRun: dryRun ? 'All' : undefined,
      fieldManager: method === 'DELETE' ? undefined : manager,
      fieldValidation: STRICT.has(method) ? 'Strict' : undefined,
    },
    headers: { 'content-type': CONTENT_TYPE[method] },
    // Of a deletion the body's options count, and the query's do not.
    body: JSON.stringify(method === 'DELETE' && dryRun ? { ...write.body, dryRun: ['All'] } : write.body),
  }
}

/** Sends a write under the name of `manager`. */
export const sendWrite = (
  { transport, dryRun }: Acting,
  write: PlannedWrite,
  manager: string,
): Promise<Called> => callApi(transport, requestOf(write, manager, dryRun))
