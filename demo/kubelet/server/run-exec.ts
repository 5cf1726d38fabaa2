import { isWindowsPod } from '../../../lib/cocoon/pod-state.ts'
import { parseVMSpec } from '../../../lib/cocoon/vm-spec.ts'
import type { Guest } from '../../guest/guest.ts'
import { faultOf } from '../faults.ts'
import { SUCCESS, type Outcome } from './exec-outcome.ts'
import type { ExecSession } from './exec-session.ts'
import { GUEST_ACCESS, noWindowsExec, type GuestAccess } from './guest-access.ts'
import type { Target } from './target.ts'

const failedInside = (error: string): Outcome => ({ error: `error executing command in container: ${error}` })

const NO_AGENT = 'guest agent: dial vsock: connection reset by peer'

/** One word of a POSIX shell's command line. */
const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`)

type Transport = (guest: Guest, command: readonly string[], session: ExecSession) => Promise<Outcome>

const TRANSPORTS: Record<GuestAccess['exec'], Transport> = {
  async agent(guest, command, session) {
    return { exitCode: await guest.run(command, session) }
  },
  async ssh(guest, command, session) {
    const exitCode = await guest.run(['sh', '-c', command.map(quoted).join(' ')], session)
    // Go's ssh package says it so, and nobody above looks for a code in there.
    return exitCode === 0 ? SUCCESS : failedInside(`Process exited with status ${exitCode}`)
  },
}

/** Runs a command in a pod's guest, as its generation of vk-cocoon does (contract 6.7). Throws only when the client is gone. */
export async function runExec(
  { pod, machine, generation }: Target,
  command: readonly string[],
  session: ExecSession,
): Promise<Outcome> {
  const { namespace = '', name = '' } = pod.metadata ?? {}
  const guest = machine?.guest
  if (!machine || !guest) return failedInside(`pod ${namespace}/${name} has no live VM`)
  const access = GUEST_ACCESS[generation]
  if (isWindowsPod(pod) && !access.windowsExec) {
    await session.stdout(Buffer.from(noWindowsExec(machine.ip)))
    return SUCCESS
  }
  if (access.exec === 'agent' && faultOf(parseVMSpec(pod).image) === 'no-agent') return failedInside(NO_AGENT)
  if (command.length === 0) return failedInside('you must specify at least 1 command for the container')
  try {
    return await TRANSPORTS[access.exec](guest, command, session)
  } catch (error) {
    session.signal.throwIfAborted()
    return failedInside(error instanceof Error ? error.message : String(error))
  }
}
