'use client'

import { KeyRound } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import type { CredentialField } from './session/console-state.ts'
import type { Credentials } from './session/guest-screen.ts'

const LABELS: Record<CredentialField, string> = {
  username: 'User name',
  password: 'Password',
  target: 'Session',
}

interface CredentialsProps {
  name: string
  fields: readonly CredentialField[]
  refusal: string | null
  onAnswer: (credentials: Credentials) => void
  onCancel: () => void
}

/** What the VNC server wants to know. It goes to the VNC server and is kept nowhere. */
export function CredentialsForm({ name, fields, refusal, onAnswer, onCancel }: CredentialsProps) {
  const submit = (data: FormData) => {
    const text = (field: CredentialField) => {
      const value = data.get(field)
      return typeof value === 'string' ? value : ''
    }
    onAnswer(Object.fromEntries(fields.map((field) => [field, text(field)])))
  }
  return (
    <Notice Icon={KeyRound} title={`The screen of ${name} asks who you are`}>
      {refusal !== null && (
        <p role="alert" data-phase="failed" className="text-phase-ink">
          That was not accepted{refusal === '' ? '.' : ': '}
          <bdi>{refusal}</bdi>
        </p>
      )}
      <form action={submit} className="w-full max-w-80 space-y-2.5">
        {fields.map((field, place) => (
          <label key={field} className="block space-y-1.5 text-text">
            <span>{LABELS[field]}</span>
            <input
              name={field}
              type={field === 'password' ? 'password' : 'text'}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              ref={place === 0 ? focusOnce : null}
              className="field w-full"
            />
          </label>
        ))}
        <div className="flex gap-2 pt-1">
          <Button type="submit" look="primary">
            Connect
          </Button>
          <Button onClick={onCancel}>Cancel</Button>
        </div>
      </form>
      <p className="text-xs text-faint">
        It goes to the VNC server of the VM and is not kept, neither here nor in the dashboard.
      </p>
    </Notice>
  )
}

const focusOnce = (input: HTMLInputElement | null) => input?.focus()
