import { isWindowsPod } from '../../../lib/cocoon/pod-state.ts'
import type { Guest } from '../../guest/guest.ts'
import { GUEST_ACCESS, NO_LIVE_VM, noWindowsLogs, type GuestAccess } from './guest-access.ts'
import type { Target } from './target.ts'

const DEFAULT_TAIL = 200

/** How many lines are asked for; the default when it is absent, no number, zero or less (contract 6.7). */
export function tailOf(query: URLSearchParams): number {
  const asked = Number(query.get('tailLines') ?? '')
  return Number.isSafeInteger(asked) && asked > 0 ? asked : DEFAULT_TAIL
}

async function journal(guest: Guest, tail: number): Promise<string> {
  const parts: Uint8Array[] = []
  const collect = async (part: Uint8Array) => void parts.push(part)
  async function* nothing(): AsyncGenerator<Uint8Array> {}
  const signal = new AbortController().signal
  const command = ['journalctl', '--no-pager', '-n', String(tail)]
  await guest.run(command, { stdin: nothing(), stdout: collect, stderr: collect, signal })
  return Buffer.concat(parts).toString()
}

const READ: Record<GuestAccess['logs'], (guest: Guest, tail: number) => Promise<string>> = {
  journal,
  console: async (guest, tail) =>
    guest
      .log()
      .slice(-tail)
      .map((line) => `${line}\n`)
      .join(''),
}

/**
 * The last lines of a pod's log, or the text that stands for them: every option but the tail is ignored, and what has no
 * log answers with words instead of an error (contract 6.7).
 */
export async function readLogs({ pod, machine, generation }: Target, tail: number): Promise<string> {
  const guest = machine?.guest
  if (!machine || !guest) return NO_LIVE_VM
  const access = GUEST_ACCESS[generation]
  if (isWindowsPod(pod) && !access.windowsLogs) return noWindowsLogs(machine.ip)
  return READ[access.logs](guest, tail)
}
