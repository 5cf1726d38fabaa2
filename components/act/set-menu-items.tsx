'use client'

import { useId } from 'react'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import { useConnection, useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import type { SetAction } from './act.ts'
import { useAsk } from './act-context.ts'
import { SET_LOOKS } from './act-looks.ts'
import { easiestWish } from './first-wish.ts'
import { SET_PLANS } from './set-plans.ts'
import { setSubject } from './subject-of.ts'
import { whileLive } from './while-live.ts'

/** One action; where it is not allowed the reason stands below it. */
function Item({ action, verdict, onAct }: { action: SetAction; verdict: Verdict; onAct: () => void }) {
  const id = useId()
  const { label, Icon } = SET_LOOKS[action]
  return (
    <li>
      <button
        type="button"
        aria-disabled={!verdict.ok}
        aria-describedby={verdict.ok ? undefined : id}
        className="flex w-full gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-hover aria-disabled:cursor-default aria-disabled:text-faint max-tablet:py-2.5"
        onClick={() => {
          if (verdict.ok) onAct()
        }}
      >
        <Icon aria-hidden size={14} strokeWidth={1.75} className="mt-[2.5px] shrink-0" />
        <span className="min-w-0">
          {label}…
          {!verdict.ok && (
            <span id={id} className="block text-xs text-faint">
              <bdi>{verdict.reason}</bdi>
            </span>
          )}
        </span>
      </button>
    </li>
  )
}

/** The actions on a set, judged on the fleet as it is now. */
export function SetMenuItems({ uid, hide }: { uid: string; hide: () => void }) {
  const ask = useAsk()
  const index = useFleetIndex()
  const { state } = useConnection()
  const set = index.sets.get(uid)
  if (set === undefined) return <p className="text-muted">This set is gone.</p>
  const subject = setSubject(index, set)
  const wish = easiestWish(subject)
  const actions: SetAction[] = [set.suspend ? 'resume' : 'suspend', 'fork', 'scale', 'migrate', 'delete-set']
  const { namespace, name } = set
  return (
    <ul className="-mx-2 w-[300px] max-w-full whitespace-normal">
      {actions.map((action) => (
        <Item
          key={action}
          action={action}
          verdict={whileLive(state, SET_PLANS[action].judge(subject, wish))}
          onAct={() => {
            // First the menu gives the focus back to its button, which the dialog then returns it to.
            hide()
            ask({ kind: 'set', action, uid, namespace, name })
          }}
        />
      ))}
    </ul>
  )
}
