import { fateOf } from '../../lib/fleet/can/loss.ts'
import type { Fate } from '../../lib/fleet/can/loss.ts'
import type { Vm, VmPhase } from '../../lib/fleet/vm.ts'

const TONES: Record<Fate['kind'], VmPhase> = { saved: 'ready', lost: 'unreachable', 'goes on': 'scheduling' }

const KINDS: readonly Fate['kind'][] = ['lost', 'saved', 'goes on']

/** Every VM that goes, by name, and what is left of it: first those of which nothing is. */
export function Goners({ vms }: { vms: readonly Vm[] }) {
  if (vms.length === 0) return null
  const fates = vms.map((vm) => ({ vm, ...fateOf(vm) }))
  fates.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
  return (
    <section aria-label="VMs that go" className="rounded-lg border border-line">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keyboard too */}
      <ul className="max-h-40 overflow-y-auto px-3 py-1.5" tabIndex={vms.length > 5 ? 0 : undefined}>
        {fates.map(({ vm, kind, words }) => (
          <li
            key={vm.uid}
            data-phase={TONES[kind]}
            className="flex flex-wrap justify-between gap-x-3 py-0.5 wrap-anywhere"
          >
            <bdi className="font-medium">{vm.name}</bdi>
            <bdi className={kind === 'lost' ? 'text-xs text-phase-ink' : 'text-xs text-muted'}>{words}</bdi>
          </li>
        ))}
      </ul>
    </section>
  )
}
