'use client'

import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useConnection, useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { Act, Wish } from './act.ts'
import { ActForm, TypedName } from './act-form.tsx'
import { ActProblem } from './act-problem.tsx'
import { ActRemarks } from './act-remarks.tsx'
import { ActTrial } from './act-trial.tsx'
import { ActWrite } from './act-write.tsx'
import { firstWish } from './first-wish.ts'
import { answeredWrite, placesOfAct, planOf } from './plan-of.ts'
import { useRightsIn } from './rights/use-rights-in.ts'
import { useSettled } from './rights/use-settled.ts'
import { NotDone, newKey, outcomeIsOpen, sendAct } from './send-act.ts'
import type { ActRequest } from './send-act.ts'
import { tellActivity } from './tell-activity.ts'
import { isTyped, useTyped } from './typed.ts'
import { useTrial } from './use-trial.ts'
import type { Trial } from './use-trial.ts'
import { whileLive } from './while-live.ts'
import { queryClient } from '../ui/query-client.ts'

interface ActDialogProps {
  act: Act
  returnFocus: () => HTMLElement | null
  onClose: () => void
  /** The server has answered that it is done; with the words for who cannot see. */
  onDone: (words: string) => void
}

/** What the cluster refuses in the trial cannot be asked for; what could not be tried can. */
const TRIED: ReadonlySet<Trial['state']> = new Set<Trial['state']>(['agreed', 'untried'])

/** What a click will do and write, and the button that does it. It follows the live rows as long as it is open. */
export function ActDialog({ act, returnFocus, onClose, onDone }: ActDialogProps) {
  const index = useFleetIndex()
  const { state } = useConnection()
  const [wish, setWish] = useState(() => firstWish(index, act))
  // One key for one request: a retry after a cut connection has no second effect, another wish is another request.
  const key = useRef({ body: '', text: newKey() })
  const cancel = useRef<HTMLButtonElement>(null)
  const places = placesOfAct(act, wish).join(' ')
  const settled = useSettled(places)
  const { rights, asking } = useRightsIn(settled.split(' '))
  const plan = planOf(index, act, wish, rights)
  const send = useMutation(
    {
      mutationFn: async (request: ActRequest) => {
        const text = JSON.stringify(request)
        if (key.current.body !== '' && key.current.body !== text) key.current.text = newKey()
        key.current.body = text
        return tellActivity(`${plan?.confirm ?? 'Ask'} ${act.name}`, act, () =>
          sendAct(request, key.current.text),
        )
      },
      onError: (error) => {
        if (error instanceof NotDone && !outcomeIsOpen(error)) key.current = { body: '', text: newKey() }
      },
      onSuccess: ({ seen }) => {
        const later = seen ? '' : ' The page has not heard of it from the cluster yet.'
        onDone(`${plan?.asked ?? 'Asked.'}${later}`)
      },
    },
    queryClient(),
  )
  const verdict = plan && whileLive(state, plan.verdict)
  const [typed, setTyped] = useTyped(verdict?.ok === true ? verdict.warnings : [])
  const sound = plan !== null && Object.keys(plan.flaws).length === 0
  const tries = sound && verdict?.ok === true && !asking && settled === places && send.isIdle
  const trial = useTrial(tries ? plan.request : null, JSON.stringify(plan?.write ?? null))
  const refusal = send.error instanceof NotDone ? send.error.problem : null
  const problem = trial.state === 'refused' ? trial.problem : refusal
  const answer = trial.state === 'agreed' ? trial.answer : null
  const write = plan?.write ?? (answer && answeredWrite(answer))
  const may = TRIED.has(trial.state) || send.isError
  const named = plan !== null && isTyped(plan.typed, typed)
  const ready = verdict?.ok === true && named && !send.isPending && may
  // What was sent cannot be called back: the dialog stays to tell how it ended.
  const close = () => {
    if (!send.isPending) onClose()
  }
  // Another wish is tried anew, whatever became of the one before.
  const onWish = (next: Wish) => {
    setWish(next)
    if (send.isError) send.reset()
  }
  const confirm = () => {
    if (ready && plan !== null) send.mutate(plan.request)
  }
  const footer = (
    <>
      <Button
        ref={cancel}
        aria-disabled={send.isPending}
        className="aria-disabled:opacity-50"
        onClick={close}
      >
        Cancel
      </Button>
      {plan !== null && (
        <Button
          look="primary"
          aria-disabled={!ready}
          className="min-w-24 aria-disabled:opacity-50"
          onClick={confirm}
        >
          {send.isPending ? 'Asking…' : plan.confirm}
        </Button>
      )}
    </>
  )
  return (
    <Dialog
      title={plan?.title ?? `${act.name} is gone`}
      footer={footer}
      returnFocus={returnFocus}
      onClose={close}
      {...(plan?.field === null ? { initialFocus: cancel } : {})}
    >
      {plan === null ? (
        <p className="text-muted">
          What had this name is gone from the fleet, so there is nothing to ask of it. Another one that took
          the name is not touched.
        </p>
      ) : (
        <>
          <p className="text-muted">
            <bdi>{plan.happens}</bdi>
          </p>
          <ActForm plan={plan} wish={wish} problem={problem} onWish={onWish} />
          {verdict !== null && <ActRemarks verdict={verdict} />}
          <ActTrial trial={trial} known={verdict?.ok === true ? verdict.warnings : []} />
          {verdict?.ok === true && plan.typed !== '' && (
            <TypedName name={plan.typed} typed={typed} onTyped={setTyped} onEnter={confirm} />
          )}
          {refusal !== null && <ActProblem problem={refusal} />}
          {write !== null && <ActWrite write={write} answer={answer} asking={trial.state === 'asking'} />}
        </>
      )}
    </Dialog>
  )
}
