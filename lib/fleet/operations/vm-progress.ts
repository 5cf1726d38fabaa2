import type { Vm, VmHibernation, VmPhase } from '../vm.ts'
import type { Operation, OperationKind } from './operation.ts'
import { running } from './progress.ts'
import type { Progress } from './progress.ts'

interface DesireWords {
  kind: 'hibernate' | 'wake'
  what: string
  /** The phase of a request that is worked at, and where it ends. */
  atWork: string
  done: string
  /** The operator gives up after so long (contract 5). */
  limit: string
  advice: string
}

const DESIRES: ReadonlyMap<string, DesireWords> = new Map<string, DesireWords>([
  [
    'Hibernate',
    {
      kind: 'hibernate',
      what: 'Asked for hibernation',
      atWork: 'Hibernating',
      done: 'Hibernated',
      limit: 'The operator gives up after 3 minutes.',
      advice:
        'Nothing is lost: it runs, or its node is still at it, and it may yet fall asleep. See its events for the cause, then ask again, or ask to wake it to take the request back.',
    },
  ],
  [
    'Wake',
    {
      kind: 'wake',
      what: 'Asked to wake',
      atWork: 'Waking',
      done: 'Active',
      limit: 'The operator gives up after 5 minutes.',
      advice:
        'Its saved memory is kept as long as the request stands: do not remove that. See its events for the cause, then ask to wake it again.',
    },
  ],
])

const booting = ({ vmID, ip }: Vm) =>
  vmID === ''
    ? 'its node makes the VM'
    : ip === ''
      ? 'it runs, and waits for an address'
      : 'it runs, and does not answer yet'

/** What a VM's own phase tells of each way. */
const STEPS: Record<'hibernate' | 'wake' | 'create', Partial<Record<VmPhase, (vm: Vm) => string>>> = {
  hibernate: {
    ready: () => 'its node has not begun yet',
    unreachable: () => 'its node has not begun yet',
    hibernating: () => 'its node saves its memory to the registry',
    hibernated: () => 'it sleeps; the operator makes sure of the snapshot',
    failed: () => 'its node reports a failure, and the operator waits',
  },
  wake: {
    scheduling: () => 'it waits for a node that has room',
    hibernated: () => 'its node has not begun yet',
    waking: (vm) => (vm.vmID === '' ? 'its node restores its memory' : booting(vm)),
    creating: (vm) => (vm.vmID === '' ? 'its node restores its memory' : booting(vm)),
    ready: () => 'it runs; the operator makes sure',
    unreachable: () => 'it runs, and does not answer yet',
    failed: () => 'its node reports a failure, and the operator waits',
  },
  create: {
    scheduling: () => 'it waits for a node that has room',
    creating: booting,
  },
}

const stepOf = (way: keyof typeof STEPS, vm: Vm) => STEPS[way][vm.phase]?.(vm) ?? ''

/** When it began: as the server saw it, else as the cluster tells of its present step. */
const beganAt = (operation: Operation | undefined, kind: OperationKind, told: string | null) =>
  operation !== undefined && operation.kind === kind ? operation.began : told

function requestProgress(request: VmHibernation, vm: Vm, operation: Operation | undefined): Progress | null {
  const words = DESIRES.get(request.desire)
  if (words === undefined || request.phase === words.done) return null
  const { kind, what, limit, advice } = words
  const since = beganAt(operation, kind, request.since)
  if (request.phase === 'Failed') {
    const begun = { kind, what, since: request.since, step: '' }
    return running(begun, { state: 'failed', message: request.message, advice })
  }
  if (request.phase === words.atWork) {
    const troubled = vm.phase === 'failed'
    const more = troubled ? { message: vm.message, advice } : {}
    return running({ kind, what, since, step: stepOf(kind, vm) }, { limit, ...more })
  }
  // The opposite is running, or nobody has looked at it yet.
  const turned = request.phase === 'Hibernating' || request.phase === 'Waking'
  const step = turned
    ? `${request.phase.toLowerCase()} finishes first`
    : request.phase === 'Pending'
      ? 'the operator waits for its pod'
      : 'the operator has not taken it up yet'
  return running({ kind, what, since, step })
}

const GOING: Record<string, string> = {
  never: '',
  always: 'its node saves a last snapshot first, where it can',
  'main-only': 'a main agent’s last snapshot is saved first, where it can be',
}

const GOES_ON = { goesOn: true }

function creating(vm: Vm, operation: Operation | undefined): Progress {
  const anew = operation?.kind === 'restart'
  const kind: OperationKind = anew ? 'restart' : vm.forkedFrom === '' ? 'create' : 'fork'
  const what = anew ? 'It is being made anew' : kind === 'fork' ? 'It is being forked' : 'It is being created'
  const since = beganAt(operation, kind, vm.createdAt || vm.phaseSince)
  return running({ kind, what, since, step: stepOf('create', vm) }, GOES_ON)
}

const sleeping =
  (kind: 'hibernate' | 'wake', what: string) =>
  (vm: Vm, operation: Operation | undefined): Progress =>
    running({ kind, what, since: beganAt(operation, kind, vm.phaseSince), step: stepOf(kind, vm) }, GOES_ON)

/** What happens to a VM whose request, if it has one, is met. */
const BY_PHASE: Partial<Record<VmPhase, (vm: Vm, operation: Operation | undefined) => Progress>> = {
  scheduling: creating,
  creating,
  waking: sleeping('wake', 'It is being woken'),
  hibernating: sleeping('hibernate', 'It is being put to sleep'),
  migrating: ({ phaseSince: since }) =>
    running({ kind: 'migrate', what: 'It is moving to another node', since, step: '' }, GOES_ON),
}

/**
 * What was asked of a VM and is not there yet, or how it failed: from nothing but what the cluster says, so that
 * every browser shows the same, also after a reload. Null when there is nothing to wait for.
 * @param operation that runs on it, as the server observed it
 */
export function vmProgress(vm: Vm, operation: Operation | undefined): Progress | null {
  if (vm.deletedAt !== null) {
    const step = GOING[vm.snapshotPolicy] ?? ''
    return running({ kind: 'delete', what: 'Its pod was asked to go', since: vm.deletedAt, step })
  }
  const request = vm.hibernation
  const asked =
    request === null || request.deletedAt !== null ? null : requestProgress(request, vm, operation)
  return asked ?? BY_PHASE[vm.phase]?.(vm, operation) ?? null
}

/** Whether the VM's phase does not tell of it by itself: then a mark beside its chip does. */
export function needsMark({ phase }: Vm, { state }: Progress): boolean {
  return state === 'failed' || !(Object.hasOwn(BY_PHASE, phase) || phase === 'deleting')
}
