'use client'

import { Grip } from '../ui/grip.tsx'
import { LEAST_WIDTH, MOST_WIDTH } from './dock-width.ts'

/** The edge that makes the console wider. */
export function DockGrip({ width, onWidth }: { width: number; onWidth: (width: number) => void }) {
  return (
    <Grip
      label="Width of the console"
      value={width}
      words={`${width} pixels`}
      least={LEAST_WIDTH}
      most={MOST_WIDTH}
      step={40}
      grows="ArrowLeft"
      at={(event) => window.innerWidth - event.clientX}
      onValue={onWidth}
      className="console-grip"
    />
  )
}
