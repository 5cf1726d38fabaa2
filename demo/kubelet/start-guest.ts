import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { quantityValue } from '../../lib/cocoon/quantity.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { GuestImage, GuestOs } from '../guest/guest-image.ts'
import { bootGuest, restoreGuest } from '../guest/guest.ts'
import type { Machine } from './machine.ts'
import type { NodeAgent } from './node-agent.ts'

/** What a guest goes on from: saved memory, or a boot, now or when `bootedAt` (epoch milliseconds) says. */
export interface GuestLife {
  memory?: GuestImage | undefined
  bootedAt?: number | undefined
}

const OS_NAMES: readonly string[] = ['linux', 'windows', 'android', 'macos'] satisfies GuestOs[]
const isGuestOs = (os: string): os is GuestOs => OS_NAMES.includes(os)

/** When a pod from before this process was created, epoch milliseconds; its VM has run since. */
export function createdAt(pod: Pod): number | undefined {
  const at = Date.parse(pod.metadata?.creationTimestamp ?? '')
  return Number.isNaN(at) ? undefined : at
}

/** Gives the machine its inside: its own memory, its source's, or that of a fresh boot (contract 6.3, 7). */
export function startGuest(
  agent: Pick<NodeAgent, 'guestClock' | 'random'>,
  machine: Machine,
  pod: Pod,
  { memory, bootedAt }: GuestLife,
): void {
  const { vmName, forkFrom, os, image } = parseVMSpec(pod)
  const { vmID } = machine
  const runtime = {
    vmID,
    ip: () => machine.ip,
    clock: agent.guestClock,
    random: agent.random.fork(`guest/${vmID}`),
  }
  if (memory) {
    machine.guest = restoreGuest(memory, runtime)
    return
  }
  const limits = pod.spec?.containers?.[0]?.resources?.limits ?? {}
  const limit = (name: string, otherwise: number) => quantityValue(String(limits[name] ?? '')) || otherwise
  machine.guest = bootGuest({
    ...runtime,
    // A fork has the identity of its source (contract 7).
    hostname: forkFrom || vmName,
    os: isGuestOs(os) ? os : 'linux',
    image,
    cpus: Math.max(1, Math.round(limit('cpu', 2))),
    memoryBytes: limit('memory', 2 * 2 ** 30),
    bootedAt,
  })
}
