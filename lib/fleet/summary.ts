import type { Vm, VmPhase } from './vm.ts'
import { VM_PHASES } from './vm.ts'

export type PhaseCounts = Record<VmPhase, number>

/** How much a phase asks for attention, 0 most: the order of groups, of sorting by phase, and of the favicon. */
export const URGENCY: Record<VmPhase, number> = {
  failed: 0,
  unreachable: 1,
  unknown: 2,
  scheduling: 3,
  creating: 4,
  waking: 5,
  migrating: 6,
  hibernating: 7,
  deleting: 8,
  ready: 9,
  hibernated: 10,
}

/** The tiles in the order in which they stand; `always` are shown at zero too, so that the row stays put. */
const TILES: Record<VmPhase, { order: number; always: boolean }> = {
  ready: { order: 0, always: true },
  creating: { order: 1, always: true },
  waking: { order: 2, always: false },
  hibernating: { order: 3, always: true },
  hibernated: { order: 4, always: true },
  migrating: { order: 5, always: false },
  unreachable: { order: 6, always: true },
  failed: { order: 7, always: true },
  scheduling: { order: 8, always: true },
  deleting: { order: 9, always: false },
  unknown: { order: 10, always: false },
}

/** The phases in the order of the tiles, which is that of every bar of phases as well. */
export const TILE_ORDER: readonly VmPhase[] = [...VM_PHASES].sort((a, b) => TILES[a].order - TILES[b].order)

export function noCounts(): PhaseCounts {
  return {
    scheduling: 0,
    creating: 0,
    waking: 0,
    ready: 0,
    unreachable: 0,
    hibernating: 0,
    hibernated: 0,
    migrating: 0,
    deleting: 0,
    failed: 0,
    unknown: 0,
  }
}

export function countPhases(vms: Iterable<Vm>): PhaseCounts {
  const counts = noCounts()
  for (const vm of vms) counts[vm.phase]++
  return counts
}

export interface PhaseTile {
  phase: VmPhase
  count: number
}

/** The tiles above the list: every common phase, and the rare ones while some VM is in them. */
export function phaseTiles(counts: PhaseCounts): PhaseTile[] {
  return TILE_ORDER.filter((phase) => TILES[phase].always || counts[phase] > 0).map((phase) => ({
    phase,
    count: counts[phase],
  }))
}

/** The parts of a bar of phases, in order, without empty ones. */
export function phaseBar(counts: PhaseCounts): PhaseTile[] {
  return TILE_ORDER.filter((phase) => counts[phase] > 0).map((phase) => ({ phase, count: counts[phase] }))
}

/** The phase that most needs attention; null for no VMs at all. */
export function worstPhase(counts: PhaseCounts): VmPhase | null {
  let worst: VmPhase | null = null
  for (const phase of VM_PHASES) {
    if (counts[phase] > 0 && (worst === null || URGENCY[phase] < URGENCY[worst])) worst = phase
  }
  return worst
}
