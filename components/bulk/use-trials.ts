'use client'

import { useQuery } from '@tanstack/react-query'
import { BULK_ACTIONS } from '../../lib/fleet/bulk/actions.ts'
import type { BulkAction, BulkArguments } from '../../lib/fleet/bulk/actions.ts'
import type { BulkPlan, Trials } from '../../lib/fleet/bulk/plan.ts'
import { batchesOf, runOf } from '../../lib/fleet/bulk/run.ts'
import type { BulkLine, Problem } from '../../lib/fleet/writes/answer.ts'
import { settle } from '../act/settle.ts'
import { sendBulk } from './bulk-request.ts'
import { queryClient } from '../ui/query-client.ts'

/** What the cluster says of all targets before anything is written (design 4: server-side dry run first). */
export interface Rehearsal {
  /** How many are to be tried. */
  of: number
  trials: Trials
}

/** Tries all that a plan would ask for; `tell` hears how far it is. */
async function rehearse(
  plan: Pick<BulkPlan, 'doable'>,
  action: BulkAction,
  given: BulkArguments,
  signal: AbortSignal,
  tell: (rehearsal: Rehearsal) => void,
): Promise<Rehearsal> {
  const run = runOf({ doable: plan.doable, skipped: [] }, { id: '', action, given, startedAt: 0 })
  const of = run.outcomes.length
  const trials = new Map<string, { problem: Problem | null }>()
  for (const { places } of batchesOf(run)) {
    const targets = places.flatMap((place) => run.outcomes[place]?.target ?? [])
    const hear = (lines: readonly BulkLine[]) => {
      for (const line of lines) {
        const uid = 'index' in line ? targets[line.index]?.uid : undefined
        if (uid === undefined) continue
        if (line.state === 'done') trials.set(uid, { problem: null })
        if (line.state === 'refused') trials.set(uid, { problem: line.problem })
      }
      tell({ of, trials: new Map(trials) })
    }
    await sendBulk({ action, given, targets, key: null }, signal, hear)
  }
  return { of, trials }
}

/**
 * Lets the cluster try an action on all that a plan would ask for, anew whenever its argument changes; the trial of
 * another argument is hung up on.
 * @param plan as it is without the trials: those of its targets are tried that it has when the trial begins
 * @param known false while it is still being asked whom the plan skips: until then nothing is tried
 */
export function useTrials(
  action: BulkAction,
  given: BulkArguments,
  plan: Pick<BulkPlan, 'doable'>,
  known: boolean,
): { rehearsal: Rehearsal; trying: boolean; why: string; giveUp: () => void } {
  const client = queryClient()
  const { takes } = BULK_ACTIONS[action]
  const queryKey = ['bulk-trial', action, takes === null ? '' : given[takes]]
  const enabled = known && plan.doable.length > 0
  const query = useQuery<Rehearsal>(
    {
      queryKey,
      enabled,
      retry: false,
      staleTime: Infinity,
      gcTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      async queryFn({ signal }) {
        if (takes !== null) await settle(signal)
        return rehearse(plan, action, given, signal, (now) => client.setQueryData(queryKey, now))
      },
    },
    client,
  )
  return {
    rehearsal: query.data ?? { of: plan.doable.length, trials: new Map() },
    trying: enabled && query.fetchStatus === 'fetching',
    why: query.error === null ? '' : query.error.message,
    giveUp: () => void client.cancelQueries({ queryKey }, { revert: false }),
  }
}
