import { describe, expect, it } from 'vitest'
import { seededRandom, type Random } from '../../../demo/random.ts'
import { HIBERNATION_PHASES, OS_TYPES } from '../../cocoon/enums.ts'
import { aNode, aSet, aVm } from '../arrange.fixture.ts'
import { VM_PHASES, VM_ROLES, type Vm, type VmNode, type VmSet } from '../vm.ts'
import type { Action, ArgumentsOf, SubjectOf } from './actions.ts'
import { can } from './can.ts'
import { aRequest } from './subjects.fixture.ts'
import type { Verdict } from './verdict.ts'

/** Issue 4, point 1: these and no others. */
const ACTIONS = [
  'hibernate',
  'wake',
  'fork',
  'fork-into-set',
  'fork-standalone',
  'restart',
  'delete-vm',
  'remove-hibernation',
  'suspend',
  'resume',
  'scale',
  'migrate',
  'edit-set',
  'delete-set',
  'console',
  'terminal',
  'logs',
] as const satisfies readonly Action[]

it('judges every action', () => {
  expect(Object.keys(can)).toEqual(ACTIONS)
})

/** What strangers may have written where the rows hold text. */
const TEXTS = [
  '',
  'web-0',
  'web',
  'node-a1',
  '__proto__',
  'constructor',
  '\u{d800}\0',
  '. '.repeat(5_000),
] as const
const NUMBERS = [0, 1, 1, 2, -1, 3, 0.5, 2 ** 31 - 1, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY] as const
const TIMES = [null, '2026-11-23T11:00:00.000Z'] as const
const FLAGS = [true, false] as const
const DESIRES = ['Hibernate', 'Wake', 'nap', ''] as const

const anyText = (random: Random) => random.pick(TEXTS)

function anyVm(random: Random): Vm {
  const flag = () => random.pick(FLAGS)
  const request = aRequest(anyText(random), random.pick(DESIRES), random.pick([...HIBERNATION_PHASES, '']), {
    message: anyText(random),
    deletedAt: random.pick(TIMES),
  })
  return aVm({
    name: anyText(random),
    set: flag() ? anyText(random) : null,
    role: random.pick([...VM_ROLES, 'main', null]),
    slot: flag() ? random.pick(NUMBERS) : null,
    phase: flag() ? 'ready' : random.pick(VM_PHASES),
    message: anyText(random),
    vmName: anyText(random),
    vmID: anyText(random),
    os: random.pick([...OS_TYPES, 'constructor']),
    backend: flag() ? 'firecracker' : anyText(random),
    node: anyText(random),
    ip: anyText(random),
    vncPort: random.pick(NUMBERS),
    connType: flag() ? 'vnc' : anyText(random),
    managed: flag(),
    hibernateRequested: flag(),
    hibernation: flag() ? request : null,
    deadLetter: flag(),
    snapshotPolicy: anyText(random),
    generation: random.pick(NUMBERS),
    observedGeneration: random.pick(NUMBERS),
    deletedAt: random.pick(TIMES),
  })
}

const anySet = (random: Random): VmSet =>
  aSet(anyText(random), {
    phase: random.pick(['Suspended', 'Suspending', 'Failed', 'Migrating', 'Running', '', 'constructor']),
    suspend: random.pick(FLAGS),
    replicas: random.pick(NUMBERS),
    toolboxes: random.pick([0, 1]),
    os: random.pick(OS_TYPES),
    nodePool: anyText(random),
    nodeName: anyText(random),
    hibernatePolicy: random.pick(['retain', 'release', '']),
    snapshotClass: anyText(random),
    deletedAt: random.pick(TIMES),
  })

const anyNode = (random: Random): VmNode =>
  aNode(anyText(random), {
    ready: random.pick(FLAGS),
    schedulable: random.pick(FLAGS),
    message: anyText(random),
    version: random.pick(['', 'v0.2.9', '9'.repeat(1_000), 'constructor']),
    internalIP: anyText(random),
    snapshotCpuClass: anyText(random),
  })

const orNull = <T>(random: Random, value: T): T | null => (random.pick(FLAGS) ? value : null)
const some = <T>(random: Random, make: (random: Random) => T): T[] =>
  Array.from({ length: random.int(0, 4) }, () => make(random))

type Ask = { [A in Action]: (random: Random) => [SubjectOf<A>, ArgumentsOf<A>] }

const aVmAnd = (random: Random) => ({
  vm: anyVm(random),
  set: orNull(random, anySet(random)),
  main: orNull(random, anyVm(random)),
  node: orNull(random, anyNode(random)),
})
const aSetAnd = (random: Random) => ({
  set: anySet(random),
  vms: some(random, anyVm),
  nodes: some(random, anyNode),
})
const ofVm = (random: Random): [ReturnType<typeof aVmAnd>, undefined] => [aVmAnd(random), undefined]
const ofSet = (random: Random): [ReturnType<typeof aSetAnd>, undefined] => [aSetAnd(random), undefined]

const ASK: Ask = {
  hibernate: ofVm,
  wake: ofVm,
  fork: (random) => [random.pick(FLAGS) ? aVmAnd(random) : aSetAnd(random), { count: random.pick(NUMBERS) }],
  'fork-into-set': ofVm,
  'fork-standalone': (random) => {
    const admission = { allowed: random.pick(FLAGS), message: anyText(random) }
    return [aVmAnd(random), random.pick([{}, { admission }])]
  },
  restart: ofVm,
  'delete-vm': ofVm,
  'remove-hibernation': (random) => {
    const { vm, set } = aVmAnd(random)
    const hibernation = vm.hibernation ?? aRequest('x', 'Hibernate', '')
    return [{ hibernation, vm: orNull(random, vm), set }, undefined]
  },
  suspend: ofSet,
  resume: ofSet,
  scale: (random) => [aSetAnd(random), { replicas: random.pick(NUMBERS) }],
  migrate: (random) => [aSetAnd(random), { node: anyText(random) }],
  'edit-set': ofSet,
  'delete-set': ofSet,
  console: ofVm,
  terminal: ofVm,
  logs: ofVm,
}

function judge<A extends Action>(action: A, random: Random): { subject: SubjectOf<A>; verdict: Verdict } {
  const [subject, args] = ASK[action](random)
  return { subject, verdict: can[action](subject, args) }
}

const LONGEST = 100_000
const ROUNDS = 4_000

/** Deleted or about to be; of a request the VM may go, the request itself is what counts. */
function isGoing(subject: SubjectOf<Action>): boolean {
  if ('hibernation' in subject) return subject.hibernation.deletedAt !== null
  return [subject.set, 'vm' in subject ? subject.vm : null].some(
    (row) => row !== null && row.deletedAt !== null,
  )
}

/** What is wrong with the verdict of one round. */
function flawsOf(action: Action, seed: number): string[] {
  const { subject, verdict } = judge(action, seededRandom(seed))
  const sentences = verdict.ok ? [...verdict.warnings, ...verdict.notes] : [verdict.reason]
  const flaws = sentences.filter((sentence) => !sentence.endsWith('.') || sentence.length > LONGEST)
  if (verdict.ok && isGoing(subject)) flaws.push('allowed on what goes')
  if (JSON.stringify(judge(action, seededRandom(seed)).verdict) !== JSON.stringify(verdict)) {
    flaws.push('another verdict the second time')
  }
  return flaws.map((flaw) => `seed ${seed}: ${flaw}`)
}

describe.each(ACTIONS)('%s, whatever the rows hold', (action) => {
  const seeds = Array.from({ length: ROUNDS }, (_, seed) => seed)

  it('gives a verdict in sentences, the same one every time, and allows nothing on what goes', () => {
    expect(seeds.flatMap((seed) => flawsOf(action, seed))).toEqual([])
  })

  it('is allowed in some of these rounds and denied in others, or they would prove nothing', () => {
    const verdicts = seeds.map((seed) => judge(action, seededRandom(seed)).verdict.ok)
    expect(new Set(verdicts)).toEqual(new Set([true, false]))
  })
})
