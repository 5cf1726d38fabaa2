import { isOldKubelet } from '../can/vm-rules.ts'
import type { VmSubject } from '../can/subjects.ts'

/** How many lines can be asked for, from the end. */
export const LOG_TAILS = [200, 1_000, 5_000] as const

export const MAX_LOG_TAIL = 10_000

/** What `GET /api/vms/{namespace}/{name}/logs` answers (contract 6.7). */
export interface VmLog {
  uid: string
  /** What this text is, in words: no cluster gives a log of the guest's programs under this name. */
  source: string
  /** ISO 8601: when the cluster answered. */
  asOf: string
  /** How many lines were asked for. */
  tail: number
  text: string
  /** Only the end of the text, because the whole is too long to be shown. */
  cut: boolean
}

/** What the node agent gives for a log: it changed when commands ceased to go over SSH (contract 6.7). */
export function logSource(subject: Pick<VmSubject, 'vm' | 'node'>): string {
  return isOldKubelet(subject)
    ? 'Journal of the guest, which the node agent reads over SSH'
    : 'Console log of the VM, as its hypervisor keeps it'
}

/** What the node agent says in place of a log begins so (contract 6.7). */
const SAID = 'vk-cocoon: '

/** The sentence that the node agent answered because there is no log; null for a log. */
export function saidInstead(text: string): string | null {
  const line = text.trimEnd()
  return line.startsWith(SAID) && !line.includes('\n') ? line.slice(SAID.length) : null
}
