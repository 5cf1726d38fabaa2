import type { Pod } from '../../../lib/cocoon/kube-json.ts'
import type { Machine } from '../machine.ts'
import type { VkGeneration } from '../vk-generation.ts'

/** A pod of this process with what runs it. */
export interface Target {
  pod: Pod
  /** Undefined before the pod's node has looked at it. */
  machine: Machine | undefined
  generation: VkGeneration
}

/** What the kubelet's server asks its nodes. */
export interface Nodes {
  /** The pod by its name; undefined when none of these nodes runs it. */
  find(namespace: string, name: string): Target | undefined
  /** All pods that are bound to one of these nodes. */
  pods(): Pod[]
}
