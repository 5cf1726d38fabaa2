'use client'

import { useState } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { Grip } from '../ui/grip.tsx'
import { LEAST_SPLIT, MOST_SPLIT, storedSplit, storeSplit } from './split.ts'

/** Two panes beside each other, and the edge between them, which stays where somebody left it. */
export function SplitPanes({ left, right }: { left: ReactNode; right: ReactNode }) {
  const [split, setSplit] = useState(storedSplit)
  const share = (percent: number) => {
    setSplit(percent)
    storeSplit(percent)
  }
  return (
    <div className="split-panes" style={{ '--split': `${split}%` } as CSSProperties}>
      <div className="min-h-0 overflow-y-auto pr-1 pb-4">{left}</div>
      <Grip
        label="Width of the form"
        value={split}
        words={`${split} percent`}
        least={LEAST_SPLIT}
        most={MOST_SPLIT}
        step={5}
        grows="ArrowRight"
        at={({ clientX, currentTarget }) => {
          const { left: start = 0, width = 1 } = currentTarget.parentElement?.getBoundingClientRect() ?? {}
          return ((clientX - start) / width) * 100
        }}
        onValue={share}
        className="split-grip"
      />
      <section aria-label="YAML" className="surface mb-3 min-h-0 overflow-hidden">
        {right}
      </section>
    </div>
  )
}
