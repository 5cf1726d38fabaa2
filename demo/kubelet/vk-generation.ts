/** Generations of vk-cocoon that a fleet may run side by side (contract, tags). */
export type VkGeneration = 'old' | 'new'

export interface VkFeatures {
  /** nodeInfo.kubeletVersion. */
  version: string
  /** Writes the lifecycle annotations; Ready then needs them, and carries the probe's text. */
  lifecycle: boolean
  /** A hibernate tag in the registry decides how a pod is created and whether it can wake (contract 6.1, 6.3). */
  evidence: boolean
}

export const VK_FEATURES: Record<VkGeneration, VkFeatures> = {
  old: { version: 'v0.2.9', lifecycle: false, evidence: false },
  new: { version: 'v0.3.4', lifecycle: true, evidence: true },
}
