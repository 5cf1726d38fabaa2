'use client'

import { useCallback, useSyncExternalStore } from 'react'
import { emptyTables } from '../fleet/row-changes.ts'
import type { OperationKind, Usual } from '../fleet/operations/operation.ts'
import type { Vm } from '../fleet/vm.ts'
import { useLiveClient } from './live-fleet.tsx'
import { UNCONNECTED } from './live-state.ts'
import type { Connection, FleetIndex } from './live-state.ts'
import { onTick } from './ticker.ts'

/** One VM; renders again only when that VM changes. Undefined when it is not (or no longer) there. */
export function useVm(uid: string): Vm | undefined {
  const { store } = useLiveClient()
  const subscribe = useCallback((tell: () => void) => store.subscribeRow('vms', uid, tell), [store, uid])
  return useSyncExternalStore(
    subscribe,
    () => store.row('vms', uid),
    () => undefined,
  )
}

/** How long operations of one kind usually take in this fleet; undefined before there was one, and for no kind. */
export function useUsual(kind: OperationKind | null): Usual | undefined {
  const { store } = useLiveClient()
  const uid = kind ?? ''
  const subscribe = useCallback((tell: () => void) => store.subscribeRow('usual', uid, tell), [store, uid])
  return useSyncExternalStore(
    subscribe,
    () => store.row('usual', uid),
    () => undefined,
  )
}

const NOTHING: FleetIndex = { ...emptyTables(), revision: 0, loaded: false }

/** The whole fleet: a new object when anything changed, at once when quiet, every 250 ms under load. */
export function useFleetIndex(): FleetIndex {
  const { store } = useLiveClient()
  return useSyncExternalStore(store.subscribeIndex, store.index, () => NOTHING)
}

/** How the connection to our server and, behind it, to the cluster stands. */
export function useConnection(): Connection {
  const client = useLiveClient()
  return useSyncExternalStore(client.subscribeConnection, client.connection, () => UNCONNECTED)
}

/**
 * The server's clock, ticking every `periodMs`, for ages. Use it in the smallest component that shows one:
 * each tick renders it again. 0 while the page is rendered by the server, which has no business with ages.
 */
export function useServerNow(periodMs: number): number {
  const { store } = useLiveClient()
  const subscribe = useCallback((tell: () => void) => onTick(periodMs, tell), [periodMs])
  const tick = useCallback(
    () => Math.floor((Date.now() + store.clockSkew()) / periodMs) * periodMs,
    [store, periodMs],
  )
  return useSyncExternalStore(subscribe, tick, () => 0)
}
