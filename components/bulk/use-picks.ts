'use client'

import { useMemo } from 'react'
import type { KeyboardEvent, MouseEvent } from 'react'
import type { ArrangedItem } from '../../lib/fleet/arrange-types.ts'
import { useLiveClient } from '../../lib/live/live-fleet.tsx'
import { useSelectionStore } from './selection-context.ts'

/** What the table does with clicks and keys that choose rows. */
export interface Picks {
  /** Ticks a row; with Shift, everything between the row that was ticked last and this one. */
  tick(item: ArrangedItem, shift: boolean): void
  /** A range that begins at `from` unless one has begun. */
  extend(from: ArrangedItem, to: ArrangedItem): void
  /** All that the search leaves. */
  all(): void
  clear(): void
  /** Takes a key that chooses without going anywhere; false when it is none. */
  key(event: KeyboardEvent): boolean
  /** Takes a click on a row that chooses it; `taps` is whether any click does. False when it opens the row. */
  click(event: MouseEvent, item: ArrangedItem, taps: boolean): boolean
}

/** @param items as shown, @param uids of all VMs that the search leaves */
export function usePicks(items: readonly ArrangedItem[], uids: readonly string[]): Picks {
  const store = useSelectionStore()
  const client = useLiveClient()
  return useMemo(() => {
    const rows = () => client.store.index().vms
    const clear = () => store.step({ kind: 'clear' }, rows())
    const all = () => store.step({ kind: 'all', items, uids }, rows())
    const tick = (item: ArrangedItem, shift: boolean) =>
      store.step(shift ? { kind: 'range', items, to: item } : { kind: 'toggle', item }, rows())
    return {
      all,
      clear,
      tick,
      extend(from, to) {
        if (store.selection().anchor === null) tick(from, false)
        tick(to, true)
      },
      key(event) {
        const { key, altKey, shiftKey, ctrlKey, metaKey } = event
        if ((ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'a') all()
        else if (key === 'Escape' && store.picking()) clear()
        else return false
        event.preventDefault()
        event.stopPropagation()
        return true
      },
      click({ target, shiftKey, ctrlKey, metaKey }, item, taps) {
        const box = target instanceof Element && target.closest('[data-tick]') !== null
        if (!box && !shiftKey && !ctrlKey && !metaKey && !taps) return false
        tick(item, shiftKey)
        return true
      },
    }
  }, [store, client, items, uids])
}
