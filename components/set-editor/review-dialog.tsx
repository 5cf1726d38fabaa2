'use client'

import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { CocoonSet } from '../../lib/cocoon/crd.ts'
import { unlessLacking } from '../../lib/fleet/can/needs.ts'
import type { ActionAnswer, Problem } from '../../lib/fleet/writes/answer.ts'
import { useConnection, useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { TypedName } from '../act/act-form.tsx'
import { ActProblem } from '../act/act-problem.tsx'
import { ActRemarks } from '../act/act-remarks.tsx'
import { ActTrial } from '../act/act-trial.tsx'
import { ActWrite } from '../act/act-write.tsx'
import { answeredWrite } from '../act/plan-of.ts'
import { newKey, NotDone, outcomeIsOpen, sendAct } from '../act/send-act.ts'
import type { ActRequest } from '../act/send-act.ts'
import { tellActivity } from '../act/tell-activity.ts'
import { isTyped, useTyped } from '../act/typed.ts'
import { useTrial } from '../act/use-trial.ts'
import { whileLive } from '../act/while-live.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { createBody, editBody } from './document/set-base.ts'
import type { SetBase } from './document/set-base.ts'
import { remedyFor } from './remedy.ts'
import type { Remedy } from './remedy.ts'
import { reviewVerdict } from './review-words.ts'
import { setPath } from './set-query.ts'
import { queryClient } from '../ui/query-client.ts'

function requestOf(value: CocoonSet, base: SetBase | null): ActRequest {
  if (base === null) return { path: '/api/sets', body: createBody(value) }
  const { namespace, name } = base.metadata
  return { method: 'PUT', path: setPath(namespace, name), body: editBody(value, base) }
}

/** What will be written, what it does to VMs, and the one button that does it. */
export function ReviewDialog({
  value,
  base,
  lack,
  onClose,
  onRemedy,
  onDone,
}: {
  value: CocoonSet
  base: SetBase | null
  /** The right that is missing to write it, as a sentence; null when none is. */
  lack: string | null
  /** With what the cluster refused, if it did. */
  onClose: (problem: Partial<Problem> | null) => void
  onRemedy: (remedy: Remedy, problem: Partial<Problem>) => void
  onDone: (answer: ActionAnswer) => void
}) {
  const index = useFleetIndex()
  const { state } = useConnection()
  // The document does not change while it is looked at, so one key is one effect however often it is sent.
  const [key, setKey] = useState(newKey)
  const cancel = useRef<HTMLButtonElement>(null)
  const { name = '', namespace = '' } = value.metadata ?? {}
  const request = requestOf(value, base)
  const words = base === null ? 'Create set' : 'Save changes'
  const send = useMutation(
    {
      mutationFn: () =>
        tellActivity(
          base === null ? `Create ${name}` : `Edit ${name}`,
          { kind: 'set', namespace, name },
          () => sendAct(request, key),
        ),
      onError: (error) => {
        if (error instanceof NotDone && !outcomeIsOpen(error)) setKey(newKey())
      },
      onSuccess: onDone,
    },
    queryClient(),
  )
  const verdict = whileLive(state, unlessLacking(lack, reviewVerdict(value, base, index)))
  const trial = useTrial(verdict.ok && send.isIdle ? request : null, '')
  const answer = trial.state === 'agreed' ? trial.answer : null
  const losses = verdict.ok ? verdict.warnings : []
  const [typed, setTyped] = useTyped(losses)
  const tried = trial.state === 'agreed' || trial.state === 'untried' || send.isError
  const ready = verdict.ok && tried && !send.isPending && isTyped(losses.length > 0 ? name : '', typed)
  const sent = send.error instanceof NotDone ? send.error.problem : null
  const problem = sent ?? (trial.state === 'refused' ? trial.problem : null)
  const remedy = problem === null ? null : remedyFor(problem, base)
  const close = () => {
    if (!send.isPending) onClose(problem)
  }
  const confirm = () => {
    if (ready) send.mutate()
  }
  return (
    <Dialog
      title={base === null ? `Create set ${namespace}/${name}?` : `Save set ${namespace}/${name}?`}
      initialFocus={cancel}
      returnFocus={() => document.querySelector<HTMLElement>('[data-review]')}
      onClose={close}
      footer={
        <>
          <Button ref={cancel} aria-disabled={send.isPending} onClick={close}>
            Back to the form
          </Button>
          {remedy !== null && problem !== null && (
            <Button look="primary" onClick={() => onRemedy(remedy, problem)}>
              {remedy.label}
            </Button>
          )}
          {remedy === null && (
            <Button
              look="primary"
              aria-disabled={!ready}
              className="min-w-28 aria-disabled:opacity-50"
              onClick={confirm}
            >
              {send.isPending ? 'Asking…' : words}
            </Button>
          )}
        </>
      }
    >
      <ActRemarks verdict={verdict} />
      <ActTrial trial={trial} known={losses} />
      {sent !== null && <ActProblem problem={sent} />}
      {remedy !== null && <p className="text-muted">{remedy.words}</p>}
      {losses.length > 0 && remedy === null && (
        <TypedName
          name={name}
          typed={typed}
          why="something is lost or goes wrong"
          onTyped={setTyped}
          onEnter={confirm}
        />
      )}
      {answer !== null && <ActWrite write={answeredWrite(answer)} answer={answer} />}
    </Dialog>
  )
}
