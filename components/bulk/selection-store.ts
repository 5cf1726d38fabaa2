import { NOTHING_CHOSEN, select } from '../../lib/fleet/selection/selection.ts'
import type { Selection, SelectionStep } from '../../lib/fleet/selection/selection.ts'
import type { Vm } from '../../lib/fleet/vm.ts'

/** What is chosen in the list, outside of React: a tick renders its own row and nothing else. */
export interface SelectionStore {
  selection(): Selection
  /** Rows are being chosen: something is, or somebody said so, who has no pointer to hover with. */
  picking(): boolean
  step(step: SelectionStep, rows: ReadonlyMap<string, Vm>): void
  /** Begins without choosing anything yet; with false nothing is chosen any more. */
  setPicking(on: boolean): void
  subscribe(tell: () => void): () => void
}

/** A selection of nothing. */
export function createSelectionStore(): SelectionStore {
  let selection = NOTHING_CHOSEN
  let asked = false
  const listeners = new Set<() => void>()
  const put = (next: Selection) => {
    selection = next
    for (const tell of listeners) tell()
  }
  return {
    selection: () => selection,
    picking: () => asked || selection.vms.size > 0 || selection.sets.size > 0,
    step(step, rows) {
      if (step.kind === 'clear') asked = false
      put(select(selection, step, rows))
    },
    setPicking(on) {
      asked = on
      put(on ? selection : NOTHING_CHOSEN)
    },
    subscribe(tell) {
      listeners.add(tell)
      return () => void listeners.delete(tell)
    },
  }
}
