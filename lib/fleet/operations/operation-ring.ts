import type { Turn } from '../row-changes.ts'
import type { Vm, VmSet } from '../vm.ts'
import type { Operation, OperationKind, Usual } from './operation.ts'
import { setBeginning, setEnding } from './set-operation.ts'
import { createUsualTimes } from './usual-times.ts'
import { metLate, vmBeginning, vmEnding } from './vm-operation.ts'
import type { Beginning, Ending } from './vm-operation.ts'

/** What the fleet does and did lately, as far as the rows tell; bounded, whatever the fleet does. */
export interface OperationRing {
  /**
   * Takes note of one batch of changed rows, which are published already.
   * @param vmsOf the VMs of a set as they are now
   * @returns what changed in the ring
   */
  observe(
    sets: readonly Turn<VmSet>[],
    vms: readonly Turn<Vm>[],
    vmsOf: (namespace: string, set: string) => readonly Vm[],
    setNamed: (namespace: string, set: string) => VmSet | undefined,
  ): { operations: ReadonlySet<string>; usual: ReadonlySet<OperationKind> }
  /** undefined for one that is not listed (any more). */
  operation(uid: string): Operation | undefined
  usual(kind: string): Usual | undefined
  /** What is listed, for a ring that begins later. */
  memories(): OperationMemory[]
}

/** What one ring knows of an operation and another may take over. */
export interface OperationMemory {
  operation: Operation
  /** Its beginning was seen. */
  observed: boolean
  /** The time it took is one of the usual times. */
  counted: boolean
}

/** Ended ones that are kept, of each kind: a burst of forks does not push the one failed wake out. */
const KEPT = 30
/** Running ones that are listed. Those beyond are followed all the same, for their time. */
const MOST_RUNNING = 300
/** Names that came free: a pod that takes one within this time is the old one made anew. */
const ANEW_MS = 30_000
const MOST_FREED = 1_000

interface Open {
  operation: Operation
  observed: boolean
}

interface Freed {
  at: number
  began: string
  observed: boolean
  /** The deletion that is listed for it. */
  deletion: string | null
}

/** @param memories what is taken over, under names of this ring's own: those of another would count its operations. */
export function createOperationRing(
  now: () => number = Date.now,
  memories: readonly OperationMemory[] = [],
): OperationRing {
  const watchingSince = now()
  /** By the uid of the pod or the set. */
  const open = new Map<string, Open>()
  const ended = new Map<OperationKind, Operation[]>()
  const listed = new Map<string, Operation>()
  const freed = new Map<string, Freed>()
  const times = createUsualTimes()
  /** Those listed ones whose time is one of the usual times. */
  const counted = new Set<string>()
  let running = 0
  let count = 0
  let touched = new Set<string>()
  let timed = new Set<OperationKind>()

  const list = (operation: Operation) => {
    listed.set(operation.uid, operation)
    touched.add(operation.uid)
  }
  const unlist = (uid: string) => {
    listed.delete(uid)
    counted.delete(uid)
    touched.add(uid)
  }
  const forget = (operation: Operation) => {
    const kept = ended.get(operation.kind) ?? []
    ended.set(
      operation.kind,
      kept.filter(({ uid }) => uid !== operation.uid),
    )
    unlist(operation.uid)
  }

  const newUid = () => {
    count += 1
    return `${watchingSince.toString(36)}-${count}`
  }

  function begin(on: Operation['on'], row: Vm | VmSet, { kind, began, observed }: Beginning): void {
    const operation: Operation = {
      uid: newUid(),
      kind,
      on,
      namespace: row.namespace,
      name: row.name,
      of: row.uid,
      began: began ?? new Date(now()).toISOString(),
      ended: null,
      result: 'running',
      message: '',
      took: null,
    }
    open.set(row.uid, { operation, observed })
    if (running >= MOST_RUNNING) return
    running += 1
    list(operation)
  }

  function end({ operation, observed }: Open, { result, message, telling }: Ending): Operation {
    const at = now()
    const took = observed && result === 'done' ? Math.max(0, at - Date.parse(operation.began)) : null
    const last: Operation = { ...operation, ended: new Date(at).toISOString(), result, message, took }
    open.delete(operation.of)
    if (listed.has(operation.uid)) running -= 1
    const kept = [...(ended.get(operation.kind) ?? []), last]
    while (kept.length > KEPT) unlist(kept.shift()?.uid ?? '')
    ended.set(operation.kind, kept)
    list(last)
    if (took !== null && telling && Number.isFinite(took)) {
      times.add(operation.kind, took)
      timed.add(operation.kind)
      counted.add(last.uid)
    }
    return last
  }

  function takeOver(memory: OperationMemory): void {
    const operation = { ...memory.operation, uid: newUid() }
    const { kind, took } = operation
    if (operation.result === 'running') {
      running += 1
      open.set(operation.of, { operation, observed: memory.observed })
    } else ended.set(kind, [...(ended.get(kind) ?? []), operation])
    list(operation)
    if (!memory.counted || took === null) return
    times.add(kind, took)
    counted.add(operation.uid)
  }

  /** Its creation failed and is tried again, as virtual-kubelet does for ever: that is one operation, not many. */
  function again(uid: string, kind: OperationKind): boolean {
    const failure = ended.get(kind)?.findLast(({ of, result }) => of === uid && result === 'failed')
    if (failure === undefined) return false
    forget(failure)
    const operation: Operation = { ...failure, ended: null, result: 'running' }
    open.set(uid, { operation, observed: false })
    running += 1
    list(operation)
    return true
  }

  /** What the operator gave up came to its end after all: who reads of a failure would ask for it once more. */
  function endLate(before: Vm | undefined, vm: Vm): void {
    const kind = metLate(before, vm)
    const failure =
      kind && ended.get(kind)?.findLast(({ of, result }) => of === vm.uid && result === 'failed')
    if (!failure) return
    forget(failure)
    const message = `The operator had given it up${failure.message === '' ? '' : `: ${failure.message}`}.`
    end({ operation: failure, observed: false }, { result: 'done', message, telling: false })
  }

  const nameOf = ({ namespace, name }: Vm) => `${namespace}/${name}`
  const isFresh = (name: Freed | undefined): name is Freed => name !== undefined && now() - name.at <= ANEW_MS

  function free(vm: Vm, deletion: Operation | null, observed: boolean): void {
    const at = now()
    const began = deletion?.began ?? new Date(at).toISOString()
    freed.delete(nameOf(vm))
    freed.set(nameOf(vm), { at, began, observed, deletion: deletion?.uid ?? null })
    for (const [name, entry] of freed) {
      if (freed.size <= MOST_FREED && isFresh(entry)) break
      freed.delete(name)
    }
  }

  function vmGone({ uid, before }: Turn<Vm>): void {
    const current = open.get(uid)
    const ending = current && vmEnding(current.operation.kind, undefined)
    const last = current && ending ? end(current, ending) : null
    const deletion = last?.kind === 'delete' ? last : null
    if (before !== undefined) free(before, deletion, deletion === null || deletion.took !== null)
  }

  /** Whether a creation is that of a pod whose name has just come free. */
  function anew(vm: Vm, beginning: Beginning): Beginning {
    const old = freed.get(nameOf(vm))
    if (!isFresh(old) || !(beginning.kind === 'create' || beginning.kind === 'fork')) return beginning
    freed.delete(nameOf(vm))
    const deletion = old.deletion === null ? undefined : listed.get(old.deletion)
    if (deletion !== undefined) forget(deletion)
    return { kind: 'restart', began: old.began, observed: old.observed && beginning.observed }
  }

  function vmTurned(
    { uid, before, after: vm }: Turn<Vm>,
    setNamed: (namespace: string, set: string) => VmSet | undefined,
  ): void {
    if (vm === undefined) return
    const current = open.get(uid)
    const ending = current && vmEnding(current.operation.kind, vm)
    if (current && !ending) return
    if (current && ending) end(current, ending)
    if (!current) endLate(before, vm)
    const set = vm.set === null ? undefined : setNamed(vm.namespace, vm.set)
    const ofSet = set === undefined ? null : (open.get(set.uid)?.operation.kind ?? null)
    const beginning = vmBeginning(before, vm, ofSet, watchingSince)
    if (beginning === null) return
    const next = before === undefined ? anew(vm, beginning) : beginning
    const madeAgain = before !== undefined && (next.kind === 'create' || next.kind === 'fork')
    if (madeAgain && (again(uid, next.kind) || again(uid, 'restart'))) return
    begin('vm', vm, next)
  }

  function setTurned(
    uid: string,
    before: VmSet | undefined,
    set: VmSet | undefined,
    vms: readonly Vm[],
  ): void {
    const current = open.get(uid)
    const ending = current && setEnding(current.operation.kind, set, vms)
    if (current && !ending) return
    if (current && ending) end(current, ending)
    const beginning = set && setBeginning(before, set, vms)
    // What was asked for and is so already is nothing to wait for.
    if (set && beginning && setEnding(beginning.kind, set, vms) === null) begin('set', set, beginning)
  }

  memories.forEach(takeOver)

  return {
    observe(sets, vms, vmsOf, setNamed) {
      touched = new Set()
      timed = new Set()
      const seen = new Set<string>()
      for (const { uid, before, after } of sets) {
        const row = after ?? before
        seen.add(uid)
        if (row) setTurned(uid, before, after, vmsOf(row.namespace, row.name))
      }
      // A set whose VMs changed may have come to its end by that.
      for (const { before, after } of vms) {
        const vm = after ?? before
        const set = vm === undefined || vm.set === null ? undefined : setNamed(vm.namespace, vm.set)
        if (set === undefined || seen.has(set.uid) || !open.has(set.uid)) continue
        seen.add(set.uid)
        setTurned(set.uid, set, set, vmsOf(set.namespace, set.name))
      }
      // A pod that takes a name over may come in one batch with the end of the one before it.
      for (const turn of vms) if (turn.after === undefined) vmGone(turn)
      for (const turn of vms) vmTurned(turn, setNamed)
      return { operations: touched, usual: timed }
    },
    operation: (uid) => listed.get(uid),
    usual: times.get,
    memories: () =>
      [...listed.values()].map((operation) => ({
        operation,
        observed: open.get(operation.of)?.observed ?? false,
        counted: counted.has(operation.uid),
      })),
  }
}
