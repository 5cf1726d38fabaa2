import { readCocoonSetGeneration } from '../../lib/cocoon/generation.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { lifecycleStatusAnnotations, type LifecycleStatus } from '../../lib/cocoon/lifecycle.ts'
import { isConflict, isNotFound } from '../client/api-error.ts'
import type { EventText, RecordEvent } from '../client/event-recorder.ts'
import type { KubeClient } from '../client/kube-client.ts'
import { refOf } from '../client/resources.ts'
import type { Clock } from '../clock.ts'
import type { GuestImage } from '../guest/guest-image.ts'
import type { Random } from '../random.ts'
import type { Registry, Snapshot } from '../registry.ts'
import { sleep } from '../sleep.ts'
import type { AddressPool } from './addresses.ts'
import { admitsLifecycle } from './lifecycle-write.ts'
import type { Machine } from './machine.ts'
import { runningPatch } from './pod-status.ts'
import type { Timings } from './timings.ts'
import type { VkFeatures } from './vk-generation.ts'

/** What the operations of one node share. */
export interface NodeAgent {
  name: string
  features: VkFeatures
  client: KubeClient
  record: RecordEvent
  registry: Registry
  clock: Clock
  /** Of what runs inside the VMs, which is never hurried. */
  guestClock: Clock
  random: Random
  timings: Timings
  addresses: AddressPool
  /** The state that forks of a main VM share on this node, being saved or saved (contract 7). */
  forkSnapshots: Map<string, Promise<GuestImage | undefined>>
  /** Saved memory that is still on this node, by VM name (contract 6.3). */
  localSnapshots: Map<string, Snapshot>
  /** Snapshots that were pulled to this node, by reference; used again without asking whether they changed (contract 7). */
  pulled: Map<string, Snapshot>
  /** VMs that run here, by name. */
  vms: Map<string, Machine>
  vncPorts: Set<number>
}

/** One operation on one pod: `pod()` is the newest state known, and the signal ends it when the pod goes away. */
export interface Operation {
  agent: NodeAgent
  machine: Machine
  pod: () => Pod
  signal: AbortSignal
}

/** Waits for cluster time; rejects when the pod goes away meanwhile. */
export const pause = (operation: Operation, ms: number) => sleep(operation.agent.clock, ms, operation.signal)

/** Patches annotations of exactly this pod: a successor under the same name is refused by its uid. */
export async function annotate(
  operation: Operation,
  annotations: Record<string, string | null>,
): Promise<void> {
  const pod = operation.pod()
  await operation.agent.client.patch('pods', refOf(pod), {
    metadata: { uid: pod.metadata?.uid, annotations },
  })
}

/** Attempts at a lifecycle write, and the milliseconds between them (contract 6.2). */
const WRITES = 3
const BETWEEN_WRITES = 500
/** The longest message of a lifecycle state, in bytes (contract 1.4). */
const LONGEST_MESSAGE = 4096

/**
 * Writes state, generation and message in one patch; nodes of the old generation write none, and what must not
 * replace the state that stands is dropped (contract 6.2).
 */
export async function reportLifecycle(operation: Operation, state: string, message = ''): Promise<void> {
  const { agent, machine } = operation
  if (!agent.features.lifecycle) return
  const observedGeneration = readCocoonSetGeneration(operation.pod())
  const text = Buffer.from(message).subarray(0, LONGEST_MESSAGE).toString()
  const next: LifecycleStatus = { state, observedGeneration, message: text }
  if (!admitsLifecycle(machine.lifecycle, next)) return
  for (let attempt = 1; ; attempt++) {
    try {
      await annotate(operation, lifecycleStatusAnnotations(next))
      machine.lifecycle = next
      return
    } catch (error) {
      if (attempt === WRITES || isNotFound(error) || isConflict(error)) throw error
      await pause(operation, BETWEEN_WRITES)
    }
  }
}

/** Replaces the parts of the status that a node writes, of this very pod: its name may be another's by now. */
export async function reportStatus(operation: Operation, status: object): Promise<void> {
  const pod = operation.pod()
  const { uid } = pod.metadata ?? {}
  await operation.agent.client.patchStatus('pods', refOf(pod), { metadata: { uid }, status })
}

/** Shows the machine as running, with the probe's verdict. */
export async function reportRunning(operation: Operation): Promise<void> {
  const { agent, machine } = operation
  await reportStatus(
    operation,
    runningPatch(operation.pod(), machine, agent.clock.now(), agent.features.readyNeedsLifecycle),
  )
}

/** Emits an event about the pod. */
export async function tell(
  operation: Operation,
  type: EventText['type'],
  reason: string,
  message: string,
): Promise<void> {
  await operation.agent.record(operation.pod(), { type, reason, message })
}
