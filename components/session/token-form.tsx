'use client'

import { Eye, EyeOff, LoaderCircle } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { Problem } from '../../lib/fleet/writes/answer.ts'
import { useSessionClient } from '../../lib/live/session-provider.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { tokenOf } from './token-of.ts'

function Flaw({ id, problem }: { id: string; problem: Partial<Problem> }) {
  const { title, detail } = problem
  return (
    <p id={id} role="alert" data-phase="failed" className="text-sm text-pretty text-phase-ink wrap-anywhere">
      {title !== undefined && <b className="block font-bold">{title}</b>}
      {detail !== undefined && <bdi>{detail}</bdi>}
    </p>
  )
}

/** Takes a bearer token; `first` when it is the first thing on the page to do. It is in the field alone, until it is sent: in no state, no address and no storage. */
export function TokenForm({ to, first }: { to: string; first: boolean }) {
  const client = useSessionClient()
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const [shown, setShown] = useState(false)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Partial<Problem> | null>(null)

  useEffect(() => {
    if (first) field.current?.focus()
  }, [first])

  const fail = (why: Partial<Problem>) => {
    setProblem(why)
    field.current?.focus()
  }
  const signIn = async () => {
    const pasted = tokenOf(field.current?.value ?? '')
    if ('flaw' in pasted) {
      fail({ detail: pasted.flaw })
      return
    }
    setSending(true)
    setProblem(null)
    const why = await client.signIn(pasted, to)
    if (why === null) {
      if (field.current !== null) field.current.value = ''
      return
    }
    setSending(false)
    fail(why)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // A token has no lines of its own.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    void signIn()
  }
  const Sign = shown ? EyeOff : Eye
  return (
    <form
      className="space-y-2.5"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        void signIn()
      }}
    >
      <label htmlFor={`${id}-token`} className="block font-medium">
        Bearer token
      </label>
      <div className="relative">
        <textarea
          ref={field}
          id={`${id}-token`}
          rows={3}
          placeholder="Paste a token of the cluster"
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-flaw`}
          className={`block w-full resize-none rounded-lg border border-line-strong bg-ground py-2 pr-10 pl-3 font-mono text-xs leading-relaxed wrap-anywhere placeholder:font-sans placeholder:text-sm placeholder:text-faint ${shown ? '' : 'secret'}`}
          {...{ onKeyDown }}
          onChange={() => setProblem(null)}
        />
        <IconButton
          label={shown ? 'Hide the token' : 'Show the token'}
          className="absolute top-1 right-1 !size-7 max-tablet:!size-9"
          onClick={() => setShown(!shown)}
        >
          <Sign aria-hidden size={14} strokeWidth={1.75} />
        </IconButton>
      </div>
      {problem !== null && <Flaw id={`${id}-flaw`} problem={problem} />}
      <Button type="submit" look="primary" className="w-full" disabled={sending}>
        {sending && <LoaderCircle aria-hidden size={14} strokeWidth={1.9} className="animate-spin" />}
        {sending ? 'Asking the cluster…' : 'Sign in'}
      </Button>
    </form>
  )
}
