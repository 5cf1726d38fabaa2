import { fateOf } from '../../lib/fleet/can/loss.ts'
import type { Fate } from '../../lib/fleet/can/loss.ts'
import type { Vm, VmPhase } from '../../lib/fleet/vm.ts'

const TONES: Record<Fate['kind'], VmPhase> = { saved: 'ready', lost: 'unreachable', 'goes on': 'scheduling' }

/** Every VM that goes, by name, and what is left of it. */
export function Goners({ vms }: { vms: readonly Vm[] }) {
  if (vms.length === 0) return null
  return (
    <section aria-label="VMs that go" className="rounded-lg border border-line">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keyboard too */}
      <ul className="max-h-40 overflow-y-auto px-3 py-1.5" tabIndex={vms.length > 5 ? 0 : undefined}>
        {vms.map((vm) => {
          const { kind, words } = fateOf(vm)
          return (
            <li
              key={vm.uid}
              data-phase={TONES[kind]}
              className="flex flex-wrap justify-between gap-x-3 py-0.5 wrap-anywhere"
            >
              <bdi className="font-medium">{vm.name}</bdi>
              <bdi className={kind === 'lost' ? 'text-xs text-phase-ink' : 'text-xs text-muted'}>{words}</bdi>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
