import type { Clock } from '../clock.ts'
import type { Fault } from './faults.ts'
import type { Timings } from './timings.ts'

/** A running VM, as far as something can happen to it. */
export interface Victim {
  name: string
  /** Still the same life of the same VM. */
  lives(): boolean
  isReachable(): boolean
  /** Without a reason the probe fails as a network does. */
  setReachable(reachable: boolean, why?: string): void
  /** The VM is lost, and its pod with it. */
  doom(reason: string, message: string): void
}

interface Stage {
  clock: Clock
  timings: Timings
}

function flicker({ clock, timings }: Stage, victim: Victim): void {
  const toggle = () => {
    if (!victim.lives()) return
    const next = !victim.isReachable()
    victim.setReachable(next)
    clock.after(next ? timings.flakyUp() : timings.flakyDown(), toggle)
  }
  clock.after(timings.flakyUp(), toggle)
}

/** One restart in place is granted in thirty seconds; the second crash costs the pod (contract 6.4). */
function crashTwice({ clock, timings }: Stage, victim: Victim): void {
  const then = (ms: number, task: () => void) => void clock.after(ms, () => victim.lives() && task())
  then(timings.crash(), () => {
    victim.setReachable(false, 'vm gone')
    then(timings.restart(), () => {
      victim.setReachable(true)
      then(timings.crash(), () => {
        victim.doom('RestartCooldown', `VM ${victim.name} exited again within 30s of its restart`)
      })
    })
  })
}

function vanish({ clock, timings }: Stage, victim: Victim): void {
  clock.after(timings.vanish(), () => {
    if (victim.lives()) victim.doom('VMGone', `VM ${victim.name} is gone`)
  })
}

const MISHAPS: Partial<Record<Fault, (stage: Stage, victim: Victim) => void>> = {
  'flaky-probe': flicker,
  'crash-loop': crashTwice,
  'vm-gone': vanish,
}

/** Lets happen to a VM that came up what its image asks for. */
export function startMishap(fault: Fault | undefined, stage: Stage, victim: Victim): void {
  if (fault) MISHAPS[fault]?.(stage, victim)
}
