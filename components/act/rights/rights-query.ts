import { queryOptions } from '@tanstack/react-query'
import type { Rights } from '../../../lib/fleet/can/rights.ts'
import { namespaceFlaw } from '../../../lib/fleet/writes/name-flaw.ts'
import { getJson } from '../../vm/get-json.ts'
import { createTurns } from './in-turn.ts'

/** With as long as our server keeps what it was told, what is shown is at most half a minute old. */
export const RIGHTS_FRESH_MS = 15_000

/** Of many namespaces so many at once: one that is waited for by a button has its turn soon. */
const inTurn = createTurns(4)

/** What this person may do in a namespace: one question and one answer for all who ask. */
export const rightsQuery = (namespace: string) =>
  queryOptions({
    queryKey: ['rights', namespace],
    queryFn: ({ signal }) =>
      inTurn(() => {
        signal.throwIfAborted()
        return getJson<Rights>(`/api/rights?namespace=${encodeURIComponent(namespace)}`, signal)
      }),
    staleTime: RIGHTS_FRESH_MS,
    // Our server may be there without any network.
    networkMode: 'always',
    // Of what is gone nothing is asked, nor of what is no name: our server would refuse the question.
    enabled: namespaceFlaw(namespace) === null,
  })
