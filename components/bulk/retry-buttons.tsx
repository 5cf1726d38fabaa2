'use client'

import { useMemo } from 'react'
import { retryLacks } from '../../lib/fleet/bulk/retry-lacks.ts'
import type { Again, BulkRun, Outcome } from '../../lib/fleet/bulk/run.ts'
import { surroundingsOf } from '../../lib/fleet/bulk/surroundings.ts'
import { namespacesOf } from '../../lib/fleet/namespaces-of.ts'
import { useRightsIn } from '../act/rights/use-rights-in.ts'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/format-count.ts'
import { retryRun } from './run-engine.ts'
import { useCalmIndex } from './use-calm-index.ts'

const isFailed = ({ state }: Outcome) => state === 'refused' || state === 'unknown'
const isStopped = ({ state }: Outcome) => state === 'stopped'

const LABELS: Record<Again, (count: number) => string> = {
  failed: (count) => `Try ${formatCount(count)} again`,
  stopped: (count) => `Do the ${formatCount(count)} left`,
}

/** One of them; those for which a right is missing are left out, and where it is all of them that is said. */
function RetryButton({
  run,
  again,
  outcomes,
  lacks,
}: {
  run: BulkRun
  again: Again
  outcomes: readonly Outcome[]
  lacks: ReadonlyMap<string, string>
}) {
  if (outcomes.length === 0) return null
  const open = outcomes.filter(({ row }) => !lacks.has(row.uid))
  const [lack] = outcomes.flatMap(({ row }) => lacks.get(row.uid) ?? [])
  const denied = open.length === 0
  return (
    <Button
      aria-disabled={denied}
      data-tip={lack}
      className="aria-disabled:cursor-default aria-disabled:text-faint aria-disabled:hover:bg-panel"
      onClick={() => denied || retryRun(run.id, again, lacks)}
    >
      {LABELS[again](denied ? outcomes.length : open.length)}
    </Button>
  )
}

/** Of a run that is over: what failed once more, and what was not begun. */
export function RetryButtons({ run }: { run: BulkRun }) {
  const index = useCalmIndex()
  const failed = run.outcomes.filter(isFailed)
  const stopped = run.outcomes.filter(isStopped)
  const { rights } = useRightsIn(namespacesOf([...failed, ...stopped].map(({ row }) => row)))
  const lacks = useMemo(() => retryLacks(run, index, surroundingsOf(index), rights), [run, index, rights])
  return (
    <>
      <RetryButton run={run} again="failed" outcomes={failed} lacks={lacks} />
      <RetryButton run={run} again="stopped" outcomes={stopped} lacks={lacks} />
    </>
  )
}
