import { queryOptions } from '@tanstack/react-query'
import type { Problem } from '../../lib/fleet/writes/answer.ts'
import { NotDone } from '../act/send-act.ts'
import type { SetBase } from './document/set-base.ts'
import { askServer } from '../../lib/live/ask-server.ts'

/** The path of a set in our API. */
export const setPath = (namespace: string, name: string) =>
  `/api/sets/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`

/** A set as it is now. @throws NotDone with the server's problem, or ours when there is no answer */
export async function fetchSet(namespace: string, name: string, signal?: AbortSignal): Promise<SetBase> {
  const init = { headers: { accept: 'application/json' }, ...(signal === undefined ? {} : { signal }) }
  const response = await askServer(setPath(namespace, name), init).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw new NotDone({ title: 'The dashboard’s server did not answer', detail: why })
  })
  const said: unknown = await response.json().catch(() => null)
  if (response.ok && said !== null) return (said as { document: SetBase }).document
  const problem = (said ?? {}) as Partial<Problem>
  throw new NotDone({ title: `The server answered ${response.status} without saying why`, ...problem })
}

/** Asked once: what is edited does not change below somebody's hands. */
export const setQuery = (namespace: string, name: string) =>
  queryOptions({
    queryKey: ['set-document', namespace, name],
    queryFn: ({ signal }) => fetchSet(namespace, name, signal),
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
