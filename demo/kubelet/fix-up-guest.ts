import {
  ANNOTATION_POST_CLONE_ERRORS,
  ANNOTATION_POST_CLONE_HINT,
  ANNOTATION_POST_CLONE_STATE,
} from '../../lib/cocoon/component-keys.ts'
import type { VMSpec } from '../../lib/cocoon/vm-spec.ts'
import { faultOf } from './faults.ts'
import { markFailed } from './mark-failed.ts'
import { annotate, pause, reportLifecycle, tell, type Operation } from './node-agent.ts'

/** The budget of the automatic fix-up (contract 6.1). */
const BUDGET = 180_000

/** The commands that a person has to run in a guest whose network could not be fixed. */
export function postCloneCommands(os: string, ip: string): string {
  if (os === 'windows') {
    return ['Get-NetAdapter | Restart-NetAdapter', 'ipconfig /release', 'ipconfig /renew', ''].join('\r\n')
  }
  const lines = ['ip link set eth0 down', 'ip link set eth0 up', `ip addr replace ${ip}/16 dev eth0`]
  return [...lines, 'systemctl restart systemd-networkd', ''].join('\n')
}

const hintOf = (os: string, ip: string) => ({
  [ANNOTATION_POST_CLONE_HINT]: Buffer.from(postCloneCommands(os, ip)).toString('base64'),
})

/** The annotations of a guest whose fix-up was given up (contract 1.4, 6.1). */
export function exhaustedAnnotations(os: string, ip: string): Record<string, string> {
  return {
    ...hintOf(os, ip),
    [ANNOTATION_POST_CLONE_STATE]: 'failed',
    [ANNOTATION_POST_CLONE_ERRORS]: 'attempt 60: guest agent: dial vsock: connection reset by peer',
  }
}

export const EXHAUSTED_MESSAGE = 'post-clone network fix-up not done within 3m0s, run the hint in the guest'

/**
 * Whether the network of a guest has to be fixed: on Firecracker whenever it is cloned or woken, in Windows when it is
 * cloned (its wake needs none on Cloud Hypervisor), and wherever the image asks to fail at it (contract 6.1).
 */
export function needsFixUp(
  spec: Pick<VMSpec, 'image' | 'os' | 'backend'>,
  origin: 'boot' | 'clone' | 'wake',
): boolean {
  if (origin === 'boot') return false
  if (spec.backend === 'firecracker') return true
  if (spec.os === 'windows') return origin === 'clone' || spec.backend !== 'cloud-hypervisor'
  return origin === 'clone' && faultOf(spec.image) === 'fail-fixup'
}

/** Fixes the network of a guest through its agent; older nodes leave that to a person (contract 6.1). */
export async function fixUpGuest(operation: Operation, spec: VMSpec): Promise<'done' | 'exhausted'> {
  const { agent, machine } = operation
  const fault = faultOf(spec.image)
  const fails = fault === 'fail-fixup' || fault === 'no-agent'
  if (!agent.features.fixesGuests) {
    await annotate(operation, hintOf(spec.os, machine.ip))
    if (fails) {
      // Nobody comes: it stays Running and not ready, which is no failure to this generation.
      markFailed(operation, false)
      return 'exhausted'
    }
    await pause(operation, agent.timings.fixedByHand())
    return 'done'
  }
  await annotate(operation, { [ANNOTATION_POST_CLONE_STATE]: 'running' })
  if (!fails) {
    await pause(operation, agent.timings.fixUp())
    await annotate(operation, { [ANNOTATION_POST_CLONE_STATE]: 'done' })
    return 'done'
  }
  await pause(operation, BUDGET)
  markFailed(operation, false)
  await annotate(operation, exhaustedAnnotations(spec.os, machine.ip))
  await tell(operation, 'Warning', 'PostCloneExecExhausted', EXHAUSTED_MESSAGE)
  await reportLifecycle(operation, 'failed', EXHAUSTED_MESSAGE)
  return 'exhausted'
}
