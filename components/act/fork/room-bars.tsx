import { formatBytes, formatCores } from '../../../lib/fleet/amount.ts'
import type { RoomKind, RoomOf } from '../../../lib/fleet/node-room.ts'

const WORDS: Record<RoomKind, { name: string; amount: (value: number) => string }> = {
  cpu: { name: 'Cores', amount: formatCores },
  memory: { name: 'Memory', amount: formatBytes },
  storage: { name: 'Disk', amount: formatBytes },
  pods: { name: 'Pods', amount: String },
}

const [UNIT, NUMBER] = [/ \S+$/, /^\S+/]

/** `14 of 16`, `56 of 64 GiB`: a unit is said once. */
function ofWords(part: string, whole: string): string {
  const same = UNIT.exec(part)?.[0] === UNIT.exec(whole)?.[0]
  return `${same ? (NUMBER.exec(part)?.[0] ?? part) : part} of ${whole}`
}

const percent = (part: number, whole: number) => `${Math.min(100, Math.max(0, (part / whole) * 100))}%`

function RoomBar({ kind, used, after, of }: RoomOf) {
  const { name, amount } = WORDS[kind]
  const over = after > used && after > of
  return (
    <li data-phase={over ? 'unreachable' : undefined} className="min-w-0 space-y-1">
      <p className="flex flex-wrap justify-between gap-x-2 text-xs">
        <span className="text-muted">{name}</span>
        <span className={over ? 'text-phase-ink tabular-nums' : 'tabular-nums'}>
          {ofWords(amount(after), amount(of))}
        </span>
      </p>
      <div aria-hidden className="flex h-1.5 gap-px overflow-hidden rounded-full bg-line">
        <i className="rounded-l-full bg-faint" style={{ width: percent(used, of) }} />
        <i className={over ? 'bg-phase' : 'bg-accent'} style={{ width: percent(after - used, of) }} />
      </div>
    </li>
  )
}

/** What will be asked of a node, of what it has: what is there now, and what comes to it. */
export function RoomBars({ resources }: { resources: readonly RoomOf[] }) {
  return (
    <ul className="grid grid-cols-2 gap-x-5 gap-y-2.5">
      {resources.map((resource) => (
        <RoomBar key={resource.kind} {...resource} />
      ))}
    </ul>
  )
}
