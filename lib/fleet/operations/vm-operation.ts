import type { Vm, VmPhase } from '../vm.ts'
import type { OperationKind, OperationResult } from './operation.ts'

/** How an operation ended. */
export interface Ending {
  result: Exclude<OperationResult, 'running'>
  message: string
  /** The end is of this very request, and what came before was not its end already: its time counts. */
  telling: boolean
}

/** How an operation begins. */
export interface Beginning {
  kind: OperationKind
  /** ISO 8601, where the cluster tells; null for now. */
  began: string | null
  /** The server saw how it was before, or the object is younger than the server's watch. */
  observed: boolean
}

/** Nobody wants it any more, or its object has gone. */
export const dropped = (message: string): Ending => ({ result: 'dropped', message, telling: false })
/** It failed, in the cluster's own words. */
export const failed = (message: string): Ending => ({ result: 'failed', message, telling: false })
/** It came to its end; `telling` says whether its time counts. */
export const done = (telling: boolean): Ending => ({ result: 'done', message: '', telling })

/** What the kubelet reports is of the set as it is now; older kubelets report no generation at all (contract 11.2). */
const isCurrent = ({ generation, observedGeneration }: Vm) =>
  observedGeneration === 0 || observedGeneration >= generation

const GONE = 'Its pod went before.'

interface RequestRule {
  desire: string
  /** Phase of the request at its end, and phases of the VM that fit it. */
  end: string
  at: ReadonlySet<VmPhase>
  opposite: string
}

const REQUESTS: Record<'hibernate' | 'wake', RequestRule> = {
  hibernate: {
    desire: 'Hibernate',
    end: 'Hibernated',
    at: new Set<VmPhase>(['hibernated']),
    opposite: 'It was asked to wake instead.',
  },
  wake: {
    desire: 'Wake',
    end: 'Active',
    at: new Set<VmPhase>(['ready', 'unreachable']),
    opposite: 'It was asked to hibernate instead.',
  },
}

function requestEnding({ desire, end, at, opposite }: RequestRule, vm: Vm): Ending | null {
  const { hibernation, phase } = vm
  if (hibernation === null || hibernation.deletedAt !== null) return dropped('The request was taken back.')
  if (hibernation.desire !== desire) return dropped(opposite)
  if (hibernation.phase === 'Failed') return failed(hibernation.message)
  if (hibernation.phase !== end) return null
  if (phase === 'failed') return failed(vm.message)
  return at.has(phase) ? done(isCurrent(vm)) : null
}

const CREATED: Partial<Record<VmPhase, (vm: Vm) => Ending>> = {
  ready: (vm) => done(isCurrent(vm)),
  failed: (vm) => failed(vm.message),
  unreachable: (vm) => failed(vm.message || 'It runs, but does not answer.'),
  hibernating: () => dropped('It was put to sleep before it was ready.'),
  hibernated: () => dropped('It was put to sleep before it was ready.'),
}

const creationEnding = (vm: Vm): Ending | null => CREATED[vm.phase]?.(vm) ?? null

const ENDINGS: Partial<Record<OperationKind, (vm: Vm) => Ending | null>> = {
  hibernate: (vm) => requestEnding(REQUESTS.hibernate, vm),
  wake: (vm) => requestEnding(REQUESTS.wake, vm),
  create: creationEnding,
  fork: creationEnding,
  restart: creationEnding,
}

/** Whether an operation on a VM has ended with what its row says now (undefined: the row is gone); null while it runs. */
export function vmEnding(kind: OperationKind, vm: Vm | undefined): Ending | null {
  if (kind === 'delete') return vm === undefined ? done(true) : null
  if (vm === undefined || vm.deletedAt !== null) return dropped(GONE)
  return ENDINGS[kind]?.(vm) ?? null
}

/** Asked for, not there yet, and not given up. */
function unmetRequest({ hibernation }: Vm): 'hibernate' | 'wake' | null {
  if (hibernation === null || hibernation.deletedAt !== null || hibernation.phase === 'Failed') return null
  if (hibernation.desire === 'Hibernate') return hibernation.phase === 'Hibernated' ? null : 'hibernate'
  if (hibernation.desire === 'Wake') return hibernation.phase === 'Active' ? null : 'wake'
  return null
}

/** The kind of a request that the operator had given up, and that is met all the same (contract 5); null for none. */
export function metLate(before: Vm | undefined, { hibernation }: Vm): 'hibernate' | 'wake' | null {
  const gaveUp = before?.hibernation
  if (gaveUp?.phase !== 'Failed' || hibernation?.uid !== gaveUp.uid) return null
  const { desire, phase } = hibernation
  if (desire !== gaveUp.desire) return null
  if (desire === 'Hibernate') return phase === 'Hibernated' ? 'hibernate' : null
  return desire === 'Wake' && phase === 'Active' ? 'wake' : null
}

/** Being made: a VM that is restored from its snapshot wakes, which its request or its set tells. */
const MADE: ReadonlySet<VmPhase> = new Set<VmPhase>(['scheduling', 'creating'])

/** Operations on its set that account for what happens to the VM's pod. */
const COVERING: ReadonlySet<OperationKind> = new Set<OperationKind>(['suspend', 'resume', 'delete'])

const isCovered = (vm: Vm, ofSet: OperationKind | null) =>
  ofSet !== null && (COVERING.has(ofSet) || (ofSet === 'migrate' && vm.role === 'main'))

/**
 * What begins on a VM; null for nothing. A VM that rests where its request wants it (already asleep, already awake)
 * is not on its way, so that time does not count.
 * @param ofSet what runs on its set
 * @param watchingSince epoch ms: what was made after this was seen from its beginning
 */
export function vmBeginning(
  before: Vm | undefined,
  vm: Vm,
  ofSet: OperationKind | null,
  watchingSince: number,
): Beginning | null {
  if (vm.deletedAt !== null) {
    if (isCovered(vm, ofSet)) return null
    return { kind: 'delete', began: vm.deletedAt, observed: before?.deletedAt === null }
  }
  const asked = unmetRequest(vm)
  if (asked !== null) {
    const there = REQUESTS[asked].at.has(vm.phase)
    // The request's own time is of its last step; who saw it come knows better.
    const began = before === undefined ? (vm.hibernation?.since ?? null) : null
    return { kind: asked, began, observed: before !== undefined && !there }
  }
  if (!MADE.has(vm.phase) || isCovered(vm, ofSet)) return null
  return {
    kind: vm.forkedFrom === '' ? 'create' : 'fork',
    began: vm.createdAt || null,
    observed: Date.parse(vm.createdAt) >= watchingSince,
  }
}
