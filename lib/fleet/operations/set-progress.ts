import type { Vm, VmSet } from '../vm.ts'
import type { Operation, OperationKind } from './operation.ts'
import { running } from './progress.ts'
import type { Progress } from './progress.ts'

const ASLEEP: ReadonlySet<string> = new Set(['Suspending', 'Suspended', 'Waking'])

const subAgentsWord = (count: number) => `${count} sub-agent${count === 1 ? '' : 's'}`
const vmsWord = (count: number) => `${count} VM${count === 1 ? '' : 's'}`

/** The first VM that ails, in words; '' when none does. */
function trouble(vms: readonly Vm[]): string {
  const broken = vms.find(({ phase }) => phase === 'failed')
  return broken === undefined ? '' : `${broken.name}: ${broken.message || 'failed'}`
}

const SEE = 'See the events of the VM that failed, then restart it.'

/** One kind of work on a set; null while it has none of that kind. */
type Look = (set: VmSet, vms: readonly Vm[], began: (kind: OperationKind) => string | null) => Progress | null

const deleting: Look = ({ deletedAt }, vms) =>
  deletedAt === null
    ? null
    : running({
        kind: 'delete',
        what: 'Asked to go',
        since: deletedAt,
        step: vms.length === 0 ? 'its last traces are removed' : `${vmsWord(vms.length)} still there`,
      })

const suspending: Look = (set, vms, began) => {
  if (!set.suspend || set.phase === 'Suspended') return null
  const managed = vms.filter((vm) => vm.managed)
  const asleep = managed.filter(({ phase }) => phase === 'hibernated').length
  const message = trouble(managed)
  return running(
    {
      kind: 'suspend',
      what: 'Asked to suspend',
      since: began('suspend'),
      step: `${asleep} of ${managed.length} asleep`,
    },
    {
      limit: 'Suspending has no limit: the operator waits for as long as it takes.',
      message,
      advice: message === '' ? '' : `${SEE} Or resume the set.`,
    },
  )
}

const resuming: Look = (set, vms, began) => {
  const since = began('resume')
  if (set.suspend || (since === null && !ASLEEP.has(set.phase))) return null
  const managed = vms.filter((vm) => vm.managed)
  const awake = managed.filter(({ phase }) => phase === 'ready').length
  const message = trouble(managed)
  const advice = message === '' ? '' : SEE
  const step = `${awake} of ${Math.max(managed.length, set.desiredAgents)} awake`
  return running(
    { kind: 'resume', what: 'Asked to resume', since, step },
    { limit: 'Waking a set has no limit.', message, advice },
  )
}

const MOVING: Partial<Record<Vm['phase'], string>> = {
  hibernating: 'its main agent is put to sleep',
  hibernated: 'its main agent sleeps, and its old pod goes',
  deleting: 'the old pod of its main agent goes',
  scheduling: 'its main agent waits for that node',
}

const migrating: Look = (set, vms, began) => {
  const since = began('migrate')
  if (set.suspend || set.nodeName === '' || (since === null && set.phase !== 'Migrating')) return null
  const main = vms.find(({ role }) => role === 'main')
  const there = main !== undefined && main.node === set.nodeName
  const onTheWay = there ? `its main agent is woken on ${set.nodeName}` : ''
  const step = main === undefined ? 'its main agent is made anew' : (MOVING[main.phase] ?? onTheWay)
  return running({ kind: 'migrate', what: `Asked to move to ${set.nodeName}`, since, step })
}

const scaling: Look = (set, vms) => {
  const subAgents = vms.filter(({ role, deletedAt }) => role === 'sub-agent' && deletedAt === null).length
  const missing = set.replicas - subAgents
  if (missing === 0 || set.suspend || set.phase === 'Suspended') return null
  if (missing < 0) {
    const what = `Asked for ${subAgentsWord(set.replicas)}`
    return running({ kind: 'delete', what, since: null, step: `${-missing} more to go` })
  }
  const main = vms.find(({ role }) => role === 'main')
  const blocked = main?.phase !== 'ready' && main?.phase !== 'unreachable'
  const step = blocked
    ? `${missing} to come, once the main agent is ready`
    : `${subAgents} there so far, ${missing} to come`
  const advice = main?.phase === 'failed' ? 'The main agent failed: restart it, and the forks follow.' : ''
  return running(
    { kind: 'fork', what: `Asked for ${subAgentsWord(set.replicas)}`, since: null, step },
    { advice },
  )
}

const changing: Look = ({ generation, observedGeneration, phase, message }) =>
  observedGeneration >= generation || phase === 'Failed' || (observedGeneration === 0 && phase !== '')
    ? null
    : running({
        kind: 'create',
        what: observedGeneration === 0 ? 'Just made' : 'Asked for a change',
        since: null,
        step: message || 'the operator has not taken it up yet',
      })

const LOOKS: readonly Look[] = [deleting, suspending, migrating, resuming, scaling, changing]

/**
 * What was asked of a set and is not there yet: from nothing but rows, so that every browser shows the same. Null
 * when there is nothing to wait for.
 * @param operation that runs on it, as the server observed it
 */
export function setProgress(
  set: VmSet,
  vms: readonly Vm[],
  operation: Operation | undefined,
): Progress | null {
  const began = (kind: OperationKind) => (operation?.kind === kind ? operation.began : null)
  for (const look of LOOKS) {
    const progress = look(set, vms, began)
    if (progress !== null) return progress
  }
  return null
}
