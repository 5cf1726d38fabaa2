'use client'

import { createContext, use, useCallback, useSyncExternalStore } from 'react'
import { extentOf, groupExtent, NOTHING_CHOSEN } from '../../lib/fleet/selection/selection.ts'
import type { Extent, Selection } from '../../lib/fleet/selection/selection.ts'
import type { GroupItem } from '../../lib/fleet/arrange-types.ts'
import type { SelectionStore } from './selection-store.ts'

export const SelectionContext = createContext<SelectionStore | null>(null)

/** @throws Error outside of the page that lists the fleet */
export function useSelectionStore(): SelectionStore {
  const store = use(SelectionContext)
  if (store === null) throw new Error('rows are chosen only inside of a SelectionContext')
  return store
}

/** Whether this VM is chosen; renders again only when that changes. */
export function useTicked(uid: string): boolean {
  const { selection, subscribe } = useSelectionStore()
  return useSyncExternalStore(
    subscribe,
    () => selection().vms.has(uid),
    () => false,
  )
}

/** How much of a group is chosen. */
export function useGroupExtent(group: Pick<GroupItem, 'uids' | 'set' | 'key'>): Extent {
  const { selection, subscribe } = useSelectionStore()
  return useSyncExternalStore(
    subscribe,
    () => groupExtent(selection(), group),
    () => 'none',
  )
}

/** How much is chosen of all that the search leaves. */
export function useAllExtent(uids: readonly string[]): Extent {
  const { selection, subscribe } = useSelectionStore()
  const extent = useCallback(() => extentOf(selection(), uids), [selection, uids])
  return useSyncExternalStore(subscribe, extent, () => 'none')
}

/** Whether rows are being chosen. */
export function usePicking(): boolean {
  const { picking, subscribe } = useSelectionStore()
  return useSyncExternalStore(subscribe, picking, () => false)
}

/** All that is chosen; who asks renders with every tick. */
export function useSelection(): Selection {
  const { selection, subscribe } = useSelectionStore()
  return useSyncExternalStore(subscribe, selection, () => NOTHING_CHOSEN)
}
