'use client'

import { useCallback, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { Act } from './act.ts'
import { AskContext } from './act-context.ts'
import { later } from '../ui/later.tsx'

const ActDialog = later(() => import('./act-dialog.tsx').then((module) => module.ActDialog))

/** Where the dialogs of the controls inside it open. One inside a panel's dialog belongs to that one. */
export function ActHost({ children }: { children: ReactNode }) {
  const [act, setAct] = useState<Act | null>(null)
  const [said, setSaid] = useState('')
  const asker = useRef<Element | null>(null)
  const ask = useCallback((next: Act) => {
    asker.current = document.activeElement
    setSaid('')
    setAct(next)
  }, [])
  return (
    <AskContext value={ask}>
      {children}
      <output className="sr-only">{said}</output>
      {act !== null && (
        <ActDialog
          act={act}
          returnFocus={() => (asker.current instanceof HTMLElement ? asker.current : null)}
          onClose={() => setAct(null)}
          onDone={(words) => {
            setSaid(words)
            setAct(null)
          }}
        />
      )}
    </AskContext>
  )
}
