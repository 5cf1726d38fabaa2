'use client'

import { useQuery } from '@tanstack/react-query'
import { can } from '../../../lib/fleet/can/can.ts'
import { withRights } from '../../../lib/fleet/can/needs.ts'
import type { Rights } from '../../../lib/fleet/can/rights.ts'
import type { Verdict } from '../../../lib/fleet/can/verdict.ts'
import type { Act } from '../act.ts'
import { firstWish } from '../first-wish.ts'
import { planOf } from '../plan-of.ts'
import type { ActRequest } from '../send-act.ts'
import { useRights } from '../rights/use-rights.ts'
import { NotDone, tryAct } from '../send-act.ts'
import { vmSubject } from '../subject-of.ts'
import type { Rows } from '../subject-of.ts'
import { trialOutcome } from '../trial-outcome.ts'
import { queryClient } from '../../ui/query-client.ts'

interface Admission {
  verdict: Verdict
  /** The cluster is being asked. */
  waiting: boolean
}

const WAITING: Verdict = { ok: false, reason: 'Asking the cluster whether it admits a pod of no set.' }

/** The rules of a cluster seldom change while somebody opens menus. */
const REMEMBERED_MS = 60_000

/** One try with the name that the dialog would begin with; null while our own rules or a missing right forbid it. */
function trialOf(
  rows: Rows,
  uid: string,
  rights: Rights | undefined,
): { verdict: Verdict; request: ActRequest | null } | null {
  const vm = rows.vms.get(uid)
  if (vm === undefined) return null
  const subject = vmSubject(rows, vm)
  const verdict = withRights('fork-standalone', subject, rights, can['fork-standalone'](subject, {}))
  const { namespace, name } = vm
  const act: Act = { kind: 'vm', action: 'fork-standalone', uid, namespace, name }
  return { verdict, request: verdict.ok ? (planOf(rows, act, firstWish(rows, act))?.request ?? null) : null }
}

/**
 * Whether this cluster admits a fork of no set of this VM: asked of the cluster by a dry run, once when a menu
 * shows it (contract 9: most clusters admit only pods of the operator), unless our own rules or a missing right forbid it. What it
 * refuses is said in its own words.
 */
export function useAdmission(rows: Rows, uid: string): Admission | null {
  const { rights, asking } = useRights(rows.vms.get(uid)?.namespace ?? '')
  const trial = trialOf(rows, uid, rights)
  const request = trial?.request ?? null
  const { error, isSuccess } = useQuery(
    {
      queryKey: ['admission', uid],
      enabled: request !== null && !asking,
      retry: false,
      staleTime: REMEMBERED_MS,
      async queryFn({ signal }) {
        if (request === null) throw new Error('there is nothing to try')
        return tryAct(request, signal)
      },
    },
    queryClient(),
  )
  if (trial === null || request === null) return trial && { verdict: trial.verdict, waiting: false }
  if (isSuccess) return { verdict: trial.verdict, waiting: false }
  if (error === null) return { verdict: WAITING, waiting: true }
  const { state, problem } = trialOutcome(
    error instanceof NotDone ? error : new NotDone({ title: error.message }),
  )
  // What could not be tried is left to the dialog, which tries it again and says what came of it.
  if (state === 'untried') return { verdict: trial.verdict, waiting: false }
  return { verdict: { ok: false, reason: problem.detail ?? problem.title ?? 'Refused.' }, waiting: false }
}
