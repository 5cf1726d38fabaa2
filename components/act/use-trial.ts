'use client'

import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { ActionAnswer, Problem } from '../../lib/fleet/writes/answer.ts'
import { NotDone, tryAct } from './send-act.ts'
import type { ActRequest } from './send-act.ts'
import { settle } from './settle.ts'
import { trialOutcome } from './trial-outcome.ts'
import { queryClient } from '../ui/query-client.ts'

/** What the cluster says of a request before it is made (design 4: server-side dry run first). */
export type Trial =
  /** There is nothing to try. */
  | { state: 'none' }
  | { state: 'asking' }
  /** It would be done, as `answer` shows. */
  | { state: 'agreed'; answer: ActionAnswer }
  | { state: 'refused'; problem: Partial<Problem> }
  /** It could not be tried: nobody knows what the cluster would say. */
  | { state: 'untried'; problem: Partial<Problem> }

const NONE: Trial = { state: 'none' }
const ASKING: Trial = { state: 'asking' }

/**
 * Tries a request on the cluster without effect, and again whenever it, or what it would write, becomes another;
 * an older question that is not answered yet is taken back.
 * @param request null while there is nothing to try
 * @param basis what the write rests on, as text: a new one is a new question
 */
export function useTrial(request: ActRequest | null, basis: string): Trial {
  const asked = useRef(false)
  const query = useQuery(
    {
      queryKey: ['trial', request, basis],
      enabled: request !== null,
      retry: false,
      staleTime: Infinity,
      gcTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      async queryFn({ signal }) {
        if (request === null) throw new Error('there is nothing to try')
        if (asked.current) await settle(signal)
        asked.current = true
        return tryAct(request, signal)
      },
    },
    queryClient(),
  )
  if (request === null) return NONE
  if (query.data !== undefined) return { state: 'agreed', answer: query.data }
  if (query.error === null) return ASKING
  const { error } = query
  return trialOutcome(error instanceof NotDone ? error : new NotDone({ title: error.message }))
}
