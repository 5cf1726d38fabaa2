'use client'

import { ListChecks } from 'lucide-react'
import { IconButton } from '../ui/button.tsx'
import { usePicking, useSelectionStore } from './selection-context.ts'

/** On a phone: from now on a tap chooses a row instead of opening it. */
export function SelectMode() {
  const store = useSelectionStore()
  const picking = usePicking()
  return (
    <IconButton
      label="Select"
      look="outline"
      aria-pressed={picking}
      className="aria-pressed:border-accent aria-pressed:text-accent-ink"
      onClick={() => store.setPicking(!picking)}
    >
      <ListChecks aria-hidden size={15} strokeWidth={1.75} />
    </IconButton>
  )
}
