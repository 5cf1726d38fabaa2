import type { ConsoleAnswer, ConsoleKind } from '../../../lib/fleet/console/answer.ts'
import type { Vm } from '../../../lib/fleet/vm.ts'
import { NotDone } from '../../act/send-act.ts'
import { askServer } from '../../../lib/live/ask-server.ts'

/** Where the API has the VM. */
export const consolePath = ({ namespace, name }: Pick<Vm, 'namespace' | 'name'>): string =>
  `/api/vms/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`

/**
 * A ticket for a console of exactly this VM, its screen unless told; it is good for one connection, soon.
 * @throws NotDone with the server's problem document, or with ours when it does not answer
 */
export async function askTicket(
  vm: Pick<Vm, 'uid' | 'namespace' | 'name'>,
  kind: ConsoleKind = 'vnc',
): Promise<ConsoleAnswer> {
  const response = await askServer(`${consolePath(vm)}/console`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ uid: vm.uid, kind }),
    signal: AbortSignal.timeout(20_000),
  }).catch(() => {
    throw new NotDone({ title: 'The dashboard’s server does not answer' })
  })
  const said: unknown = await response.json().catch(() => null)
  if (response.ok && said !== null) return said as ConsoleAnswer
  const problem = typeof said === 'object' ? said : null
  const { status } = response
  throw new NotDone({ title: `The server answered ${status} without saying why`, ...problem, status })
}
