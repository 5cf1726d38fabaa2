/** Generations of vk-cocoon that a fleet may run side by side (contract, tags). */
export type VkGeneration = 'old' | 'mid' | 'new'

/** What tells the generations apart. */
export interface VkFeatures {
  /** nodeInfo.kubeletVersion. */
  version: string
  /** Class of the guest's CPU for memory snapshots, the node's label; '' when the node has none (contract 1.2). */
  cpuClass: string
  /** Writes the lifecycle annotations (contract 6.2). */
  lifecycle: boolean
  /** Ready needs the lifecycle state `ready` too, and tells what the probe says (contract 6.2). */
  readyNeedsLifecycle: boolean
  /** A hibernate tag in the registry decides how a pod is created (contract 6.1). */
  evidence: boolean
  /** Where a VM wakes from: a pull, the node's own copy, or that only when the tag proves it current (contract 6.3). */
  wakesFrom: 'registry' | 'node' | 'proven-node'
  /** Fixes a clone's network by itself, and leaves the hint only when that failed (contract 6.1). */
  fixesGuests: boolean
  /** A final snapshot that fails keeps the pod Terminating; older ones let it go without (contract 6.3). */
  keepsUntilSaved: boolean
}

export const VK_FEATURES: Record<VkGeneration, VkFeatures> = {
  old: {
    version: 'v0.2.9',
    cpuClass: '',
    lifecycle: false,
    readyNeedsLifecycle: false,
    evidence: false,
    wakesFrom: 'registry',
    fixesGuests: false,
    keepsUntilSaved: false,
  },
  mid: {
    version: 'v0.3.0',
    cpuClass: '',
    lifecycle: true,
    readyNeedsLifecycle: false,
    evidence: false,
    wakesFrom: 'node',
    fixesGuests: true,
    keepsUntilSaved: false,
  },
  new: {
    version: 'v0.3.4',
    cpuClass: 'icelake-v1',
    lifecycle: true,
    readyNeedsLifecycle: true,
    evidence: true,
    wakesFrom: 'proven-node',
    fixesGuests: true,
    keepsUntilSaved: true,
  },
}
