import type { Snapshot } from '../registry.ts'
import type { VkFeatures } from './vk-generation.ts'

/** Where a VM wakes from, nearest first: this node's copy, the files of the node that pushed, or the registry. */
export type WakeSource = 'node' | 'peer' | 'registry' | 'none'

/**
 * Chooses by the node's generation, its own copy and what the tag records (contract 6.3): a tag that is gone proves to
 * newer nodes that their copy is stale.
 */
export function wakeSource(
  wakesFrom: VkFeatures['wakesFrom'],
  node: string,
  local: Snapshot | undefined,
  tagged: Snapshot | undefined,
): WakeSource {
  if (wakesFrom === 'node' && local) return 'node'
  if (!tagged) return 'none'
  if (wakesFrom !== 'proven-node') return 'registry'
  if (local === tagged) return 'node'
  return tagged.pushedFrom === node ? 'registry' : 'peer'
}
