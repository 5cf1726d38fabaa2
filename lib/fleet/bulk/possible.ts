import { can } from '../can/can.ts'
import { withRights } from '../can/needs.ts'
import type { RightsIn } from '../can/rights.ts'
import type { Verdict } from '../can/verdict.ts'
import type { Present } from '../selection/present.ts'
import { BULK_ACTIONS } from './actions.ts'
import type { BulkAction, BulkArguments } from './actions.ts'
import { CANDIDATES } from './candidates.ts'
import type { Surroundings } from './surroundings.ts'

/** How many of a selection an action is possible for, and the first reason why not for the others. */
export interface Possible {
  ok: number
  all: number
  reason: string
}

/** What a dialog begins with; nobody has chosen yet. */
export function firstArguments({ sets }: Present, { nodes }: Surroundings): BulkArguments {
  const sizes = sets.map(({ replicas }) => replicas)
  const most = Math.max(0, ...sizes)
  const open = nodes.filter(({ ready, schedulable }) => ready && schedulable).map(({ name }) => name)
  return {
    count: 1,
    // All as large as the largest: that loses nothing. Where they are so already, one more.
    replicas: sizes.every((size) => size === most) ? most + 1 : most,
    node: open.sort()[0] ?? '',
  }
}

/** Whether there is anything at all to choose for it. */
function withSomeArgument(
  action: BulkAction,
  present: Present,
  surroundings: Surroundings,
  rights: RightsIn,
): Verdict[] {
  const { takes } = BULK_ACTIONS[action]
  const given = { count: 1, replicas: 0, node: '' }
  if (takes === null || takes === 'count') {
    return CANDIDATES[action]({ present, surroundings, given, rights }).map(({ verdict }) => verdict)
  }
  return present.sets.map((set) => {
    const subject = surroundings.ofSet(set)
    const tries =
      takes === 'replicas'
        ? [set.replicas + 1, set.replicas - 1].map((replicas) => () => can.scale(subject, { replicas }))
        : ['', ...surroundings.nodes.map(({ name }) => name)]
            .toReversed()
            .map((node) => () => can.migrate(subject, { node }))
    let verdict: Verdict = { ok: false, reason: '' }
    for (const attempt of tries) if (!verdict.ok) verdict = attempt()
    return withRights(takes === 'replicas' ? 'scale' : 'migrate', subject, rights.get(set.namespace), verdict)
  })
}

/** For how many of a selection an action is possible, to whoever has these rights. */
export function possibleOf(
  action: BulkAction,
  present: Present,
  surroundings: Surroundings,
  rights: RightsIn,
): Possible {
  const verdicts = withSomeArgument(action, present, surroundings, rights)
  const denied = verdicts.find((verdict) => !verdict.ok)
  return {
    ok: verdicts.filter(({ ok }) => ok).length,
    all: verdicts.length,
    reason: denied?.ok === false ? denied.reason : '',
  }
}
