'use client'

import { Ban, Info, TriangleAlert } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { BULK_ACTIONS } from '../../lib/fleet/bulk/actions.ts'
import type { BulkAction, BulkArguments } from '../../lib/fleet/bulk/actions.ts'
import { bulkPlan } from '../../lib/fleet/bulk/plan.ts'
import { firstArguments } from '../../lib/fleet/bulk/possible.ts'
import { surroundingsOf } from '../../lib/fleet/bulk/surroundings.ts'
import { BULK_WORDS, countWords, taskWords } from '../../lib/fleet/bulk/words.ts'
import { namespacesOf } from '../../lib/fleet/namespaces-of.ts'
import { presentOf } from '../../lib/fleet/selection/present.ts'
import type { Selection } from '../../lib/fleet/selection/selection.ts'
import { useConnection } from '../../lib/live/fleet-hooks.ts'
import { TypedName } from '../act/act-form.tsx'
import { ActRemarks } from '../act/act-remarks.tsx'
import { isTyped, useTyped } from '../act/typed.ts'
import { useRightsIn } from '../act/rights/use-rights-in.ts'
import { whileLive } from '../act/while-live.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { BulkForm } from './bulk-form.tsx'
import { BulkScript } from './bulk-script.tsx'
import { Fold, SentenceGroups } from './plan-groups.tsx'
import { RehearsalLine } from './rehearsal-line.tsx'
import { RightsLine } from './rights-line.tsx'
import { startRun } from './run-engine.ts'
import { useCalmIndex } from './use-calm-index.ts'
import { useTrials } from './use-trials.ts'

interface BulkDialogProps {
  action: BulkAction
  /** Who was chosen when it was opened; what has gone since is left out. */
  chosen: Selection
  returnFocus: () => HTMLElement | null
  onClose: () => void
}

const ALLOWED = { ok: true, warnings: [], notes: [] } as const

/** What will happen to each of a selection, to whom it will not and why, and the button that does it. */
export function BulkDialog({ action, chosen, returnFocus, onClose }: BulkDialogProps) {
  const index = useCalmIndex()
  const { state } = useConnection()
  const present = useMemo(() => presentOf(chosen, index), [chosen, index])
  const surroundings = useMemo(() => surroundingsOf(index), [index])
  const [given, setGiven] = useState<BulkArguments>(() => firstArguments(present, surroundings))
  const cancel = useRef<HTMLButtonElement>(null)
  const namespaces = useMemo(() => namespacesOf(present.vms, present.sets), [present])
  const { rights, asking, answered, of, giveUp: judgeNow } = useRightsIn(namespaces)
  const untried = useMemo(
    () => bulkPlan(action, present, surroundings, given, rights),
    [action, present, surroundings, given, rights],
  )
  const { rehearsal, trying, why, giveUp } = useTrials(action, given, untried, !asking)
  const { trials } = rehearsal
  const plan = useMemo(
    () => (trials.size === 0 ? untried : bulkPlan(action, present, surroundings, given, rights, trials)),
    [action, present, surroundings, given, rights, trials, untried],
  )
  const { verb, happens, typed: asksToType } = BULK_WORDS[action]
  const { takes } = BULK_ACTIONS[action]
  const count = plan.doable.length
  const secret = asksToType && plan.losses.length > 0 ? String(count) : ''
  // The losses of many change with every row of theirs; how many are asked for, and for what, does not.
  const [typed, setTyped] = useTyped([secret, JSON.stringify(given)])
  const live = whileLive(state, ALLOWED)
  const ready = count > 0 && live.ok && !asking && !trying && isTyped(secret, typed)
  const confirm = () => {
    if (!ready) return
    startRun(plan, action, given)
    onClose()
  }
  const words = `${verb} ${countWords(action, count)}`
  const footer = (
    <>
      <Button ref={cancel} onClick={onClose}>
        Cancel
      </Button>
      {count > 0 && (
        <Button
          look="primary"
          aria-disabled={!ready}
          className="min-w-24 aria-disabled:opacity-50"
          onClick={confirm}
        >
          {words}
        </Button>
      )}
    </>
  )
  const skipped = plan.skipped.reduce((sum, { members }) => sum + members.length, 0)
  return (
    <Dialog
      title={count > 0 ? `${taskWords(action, count)}?` : `Nothing to ${verb.toLowerCase()}`}
      footer={footer}
      returnFocus={returnFocus}
      onClose={onClose}
      {...(takes === null ? { initialFocus: cancel } : {})}
    >
      {count > 0 && <p className="text-muted">{happens(count, given)}</p>}
      <BulkForm takes={takes} given={given} onGiven={setGiven} />
      <ActRemarks verdict={live} />
      {count > 0 && (
        <Fold count={count} members={plan.doable} label="Will be asked for">
          {count === 1 ? 'is' : 'are'} asked for
        </Fold>
      )}
      <SentenceGroups title="What is lost" groups={plan.losses} tone="unreachable" Icon={TriangleAlert} />
      <SentenceGroups
        title={`Skipped: ${countWords(action, skipped)}`}
        groups={plan.skipped}
        tone="scheduling"
        Icon={Ban}
      />
      {asking && <RightsLine answered={answered} of={of} onGiveUp={judgeNow} />}
      {untried.doable.length > 0 && !asking && (
        <RehearsalLine rehearsal={rehearsal} trying={trying} why={why} tried={plan.tried} onGiveUp={giveUp} />
      )}
      {secret !== '' && live.ok && (
        <TypedName name={secret} typed={typed} onTyped={setTyped} onEnter={confirm} />
      )}
      <SentenceGroups title="Good to know" groups={plan.notes} tone="scheduling" Icon={Info} />
      {count > 0 && <BulkScript plan={plan} />}
    </Dialog>
  )
}
