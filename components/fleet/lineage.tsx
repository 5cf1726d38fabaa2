import type { CSSProperties } from 'react'

/** Deeper lineages stop moving to the right, or the name would run out of its column. */
const DEEPEST = 6

const style = (values: Record<string, number>) => values as CSSProperties

/** The thin lines that hang a fork under its parent: an elbow for this row, and what passes it by. */
export function Lineage({ depth, last, rails }: { depth: number; last: boolean; rails: number }) {
  if (depth === 0) return null
  const shown = Math.min(depth, DEEPEST)
  const passing = Array.from({ length: shown }, (_, place) => place + 1).filter((at) =>
    at === shown ? !last : (rails & (1 << at)) !== 0,
  )
  return (
    <span aria-hidden className="lineage" style={style({ '--depth': shown })}>
      {passing.map((at) => (
        <i key={at} style={style({ '--at': at })} />
      ))}
      <i data-elbow style={style({ '--at': shown })} />
    </span>
  )
}
