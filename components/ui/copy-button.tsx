'use client'

import { Check, Copy, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from './button.tsx'

type Outcome = 'idle' | 'copied' | 'refused'

const SHOWN: Record<Outcome, { Icon: typeof Copy; says: string }> = {
  idle: { Icon: Copy, says: '' },
  copied: { Icon: Check, says: 'Copied' },
  refused: { Icon: TriangleAlert, says: 'The browser refused to copy: select the text instead' },
}

/** Copies `text`. `name` says what it is: "Copy IP address". */
export function CopyButton({ text, name, className }: { text: string; name: string; className?: string }) {
  const [outcome, setOutcome] = useState<Outcome>('idle')
  const { Icon, says } = SHOWN[outcome]
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch {
      setOutcome('refused')
    }
    setTimeout(() => setOutcome('idle'), 1600)
  }
  return (
    <>
      <IconButton
        label={`Copy ${name}`}
        data-tip={says || `Copy ${name}`}
        className={className}
        onClick={() => void copy()}
      >
        <Icon size={13} strokeWidth={1.75} className={outcome === 'refused' ? 'text-phase-ink' : undefined} />
      </IconButton>
      <output className="sr-only">{says}</output>
    </>
  )
}
