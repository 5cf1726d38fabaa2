'use client'

import { Button } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { modeWords } from './terminal-words.ts'
import type { ShellState } from './terminal-words.ts'

/** The head of a shell: what kind of terminal it has, what that means for who types, and how to get out of it. */
export function ShellHead({ state }: { state: ShellState }) {
  if (state.at === 'over') return null
  const words = state.at === 'open' ? modeWords(state.mode) : null
  return (
    <p className="border-b border-line px-3.5 py-1.5 text-xs text-pretty text-muted">
      <output>
        {words === null ? (
          'Opening a shell…'
        ) : (
          <>
            <strong className="font-bold text-text">{words.label}.</strong> {words.detail}
          </>
        )}
      </output>{' '}
      <span className="whitespace-nowrap max-tablet:hidden">
        <Kbd>Ctrl</Kbd> <Kbd>Alt</Kbd> <Kbd>Shift</Kbd> together leave the terminal.
      </span>
    </p>
  )
}

/** Below a shell that is over: why, and another one. `onAgain` is absent where there can be none. */
export function ShellEnd({ state, onAgain }: { state: ShellState; onAgain: (() => void) | undefined }) {
  if (state.at !== 'over') return null
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line px-3.5 py-2 text-xs text-muted">
      <output className="min-w-0 flex-1 basis-64">
        <strong className="font-bold text-text">{state.title}.</strong> <bdi>{state.detail}</bdi>
      </output>
      {onAgain !== undefined && (
        <Button look="primary" onClick={onAgain}>
          New shell
        </Button>
      )}
    </div>
  )
}

interface LinkProps {
  /** Null where none was clicked. */
  link: string | null
  onDone: () => void
}

/** A link that the guest wrote and somebody clicked: shown whole before it is opened. */
export function GuestLink({ link, onDone }: LinkProps) {
  if (link === null) return null
  const open = () => {
    window.open(link, '_blank', 'noopener,noreferrer')
    onDone()
  }
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line px-3.5 py-2 text-sm">
      <span className="min-w-0 flex-1 wrap-anywhere">
        The guest wrote this link: <bdi className="font-mono text-xs">{link}</bdi>
      </span>
      <Button onClick={open}>Open it</Button>
      <Button look="quiet" onClick={onDone}>
        Leave it
      </Button>
    </div>
  )
}
