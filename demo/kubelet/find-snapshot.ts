import { DEFAULT_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import type { Registry, Snapshot } from '../registry.ts'

/** Where a node looks for the snapshots of VMs. */
export interface SnapshotStore {
  registry: Registry
  localSnapshots: Map<string, Snapshot>
  pulled: Map<string, Snapshot>
}

/** Every other image is one that somebody built, and taken to be there. */
const VM_NAME = /^vk-[a-z0-9]/

/**
 * Finds the snapshot of a VM by `name[:tag]` (contract 7): a bare name is also that of a VM that slept on this node;
 * what was pulled before is used again unless the pull is forced, even when the tag has moved since.
 */
export function findSnapshot(
  { registry, localSnapshots, pulled }: SnapshotStore,
  image: string,
  forcePull: boolean,
): { isVM: boolean; snapshot: Snapshot | undefined } {
  const [name = '', tag = ''] = image.split(':')
  if (!VM_NAME.test(name)) return { isVM: false, snapshot: undefined }
  const cached = tag === '' || tag === DEFAULT_SNAPSHOT_TAG ? name : image
  const here = pulled.get(cached) ?? (cached === name ? localSnapshots.get(name) : undefined)
  if (here && !forcePull) return { isVM: true, snapshot: here }
  const snapshot = registry.find(name, tag || DEFAULT_SNAPSHOT_TAG)
  if (snapshot) pulled.set(cached, snapshot)
  return { isVM: true, snapshot }
}
