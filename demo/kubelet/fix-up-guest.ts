import {
  ANNOTATION_POST_CLONE_ERRORS,
  ANNOTATION_POST_CLONE_HINT,
  ANNOTATION_POST_CLONE_STATE,
} from '../../lib/cocoon/component-keys.ts'
import type { VMSpec } from '../../lib/cocoon/vm-spec.ts'
import { faultOf } from './faults.ts'
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

/** The annotations of a guest whose fix-up was given up (contract 1.4, 6.1). */
export function exhaustedAnnotations(os: string, ip: string): Record<string, string> {
  return {
    [ANNOTATION_POST_CLONE_HINT]: Buffer.from(postCloneCommands(os, ip)).toString('base64'),
    [ANNOTATION_POST_CLONE_STATE]: 'failed',
    [ANNOTATION_POST_CLONE_ERRORS]: 'attempt 60: guest agent: dial vsock: connection reset by peer',
  }
}

export const EXHAUSTED_MESSAGE = 'post-clone network fix-up not done within 3m0s, run the hint in the guest'

/** Fixes the network of a cloned guest where one is needed: always on Firecracker and in Windows (contract 6.1). */
export async function fixUpGuest(operation: Operation, spec: VMSpec): Promise<'done' | 'exhausted'> {
  const fails = faultOf(spec.image) === 'fail-fixup'
  if (!fails && spec.backend !== 'firecracker' && spec.os !== 'windows') return 'done'
  const { agent, machine } = operation
  if (agent.features.lifecycle) await annotate(operation, { [ANNOTATION_POST_CLONE_STATE]: 'running' })
  if (!fails) {
    await pause(operation, agent.timings.fixUp())
    if (agent.features.lifecycle) await annotate(operation, { [ANNOTATION_POST_CLONE_STATE]: 'done' })
    return 'done'
  }
  await pause(operation, BUDGET)
  machine.state = 'failed'
  await annotate(operation, exhaustedAnnotations(spec.os, machine.ip))
  await tell(operation, 'Warning', 'PostCloneExecExhausted', EXHAUSTED_MESSAGE)
  await reportLifecycle(operation, 'failed', EXHAUSTED_MESSAGE)
  return 'exhausted'
}
