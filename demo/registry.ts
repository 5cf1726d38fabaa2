import type { GuestImage } from './guest/guest-image.ts'

/** What the registry remembers of one pushed snapshot. */
export interface Snapshot {
  /** The image that the VM was booted from: a wake from another base is refused (contract 6.1). */
  baseImage: string
  pushedFrom: string
  /** The hypervisor that saved it: another cannot restore it (contract 7). */
  backend?: string
  /** What the guest's memory held; a snapshot from before this process has none. */
  memory?: GuestImage | undefined
}

/** The snapshot registry: flat and cluster-wide, `<vmName>:<tag>` (contract 7). */
export interface Registry {
  push(vmName: string, tag: string, snapshot: Snapshot): void
  find(vmName: string, tag: string): Snapshot | undefined
  has(vmName: string, tag: string): boolean
  remove(vmName: string, tag: string): void
  /** Every reference, sorted. */
  references(): string[]
}

/** An empty registry, which lives as long as the process. */
export function snapshotRegistry(): Registry {
  const snapshots = new Map<string, Snapshot>()
  const key = (vmName: string, tag: string) => `${vmName}:${tag}`
  return {
    push: (vmName, tag, snapshot) => void snapshots.set(key(vmName, tag), snapshot),
    find: (vmName, tag) => snapshots.get(key(vmName, tag)),
    has: (vmName, tag) => snapshots.has(key(vmName, tag)),
    remove: (vmName, tag) => void snapshots.delete(key(vmName, tag)),
    references: () => [...snapshots.keys()].sort(),
  }
}
