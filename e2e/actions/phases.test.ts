import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import { VM_PHASES } from '../../lib/fleet/vm.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { figure } from '../promises/figure.ts'
import { QUESTIONS, untilShown, whileStill } from './support/judged.ts'
import type { Asked, Shown } from './support/judged.ts'
import { prepare } from './support/phases.ts'
import { startRig } from './support/rig.ts'
import type { Rig } from './support/rig.ts'
import { startStillNode } from './support/still-node.ts'
import type { StillNode } from './support/still-node.ts'

const started = performance.now()
const count = { refused: 0, allowed: 0 }
let rig: Rig
let still: StillNode

beforeAll(async () => {
  rig = await startRig()
  still = await startStillNode(rig.user)
})
afterAll(async () => {
  await rig.close()
  await still.close()
  figure(
    'phases',
    started,
    `${count.refused} refused with the reason that the page shows, ${count.allowed} allowed`,
  )
})

/** What may be asked of a plain set and its main agent, by the phase of that one (contract 4 to 7, 11). */
const ALLOWED: Record<VmPhase, readonly Asked[]> = {
  scheduling: ['restart', 'suspend', 'delete-set'],
  creating: ['restart', 'suspend', 'delete-set'],
  waking: ['hibernate', 'restart', 'delete-set', 'remove-hibernation'],
  ready: ['hibernate', 'restart', 'fork-vm', 'suspend', 'fork-set', 'scale', 'migrate', 'delete-set'],
  unreachable: ['hibernate', 'restart', 'suspend', 'migrate', 'delete-set'],
  hibernating: ['wake', 'restart', 'suspend', 'delete-set', 'remove-hibernation'],
  hibernated: ['wake', 'restart', 'fork-into-set', 'suspend', 'delete-set', 'remove-hibernation'],
  migrating: ['suspend', 'migrate', 'delete-set'],
  deleting: ['suspend', 'delete-set'],
  failed: ['restart', 'delete-set'],
  unknown: ['restart', 'suspend', 'delete-set'],
}

/** Where the API has one word for what is asked of a VM or of its set. */
const ACTION_OF: Partial<Record<Asked, string>> = { 'fork-vm': 'fork', 'fork-set': 'fork' }

const NAMES = Object.keys(QUESTIONS) as Asked[]

/** What the page says of an action, in the form in which the API answers it. */
function expected(name: Asked, verdict: Verdict) {
  if (!verdict.ok) return { status: 409, code: 'not-possible', detail: verdict.reason }
  return { dryRun: true, warnings: verdict.warnings, notes: verdict.notes, action: ACTION_OF[name] ?? name }
}

/** What is refused is sent in earnest; what is allowed only as a dry run. */
async function asked(shown: Shown, name: Asked) {
  const { send, judge } = QUESTIONS[name]
  const verdict = judge(shown)
  const answer = verdict.ok ? await rig.tried(send(shown)) : await rig.refused(send(shown))
  return { name, phase: shown.vm.vm.phase, verdict, answer }
}

/** Brought about by a CocoonHibernation, which can be removed. */
const REQUESTED: ReadonlySet<VmPhase> = new Set<VmPhase>(['waking', 'hibernating', 'hibernated'])

describe.each(VM_PHASES)('a VM that is %s', (phase) => {
  it('is refused by the API what the page refuses, in the same words, and nothing is written', async () => {
    const set = rig.user.at(await prepare(rig.user, still, phase))
    const isRequested = REQUESTED.has(phase)
    await untilShown(rig, set, (vm) => vm.phase === phase && isRequested === (vm.hibernation !== null))
    const names = NAMES.filter((name) => name !== 'remove-hibernation' || isRequested)
    const row = []
    for (const name of names) row.push(await whileStill(rig, set, (shown) => asked(shown, name)))
    expect(row.map(({ phase: now, answer }) => ({ now, answer }))).toMatchObject(
      row.map(({ name, verdict }) => ({ now: phase, answer: expected(name, verdict) })),
    )
    const allowed = row.flatMap(({ name, verdict }) => (verdict.ok ? [name] : []))
    expect(allowed).toEqual(ALLOWED[phase])
    count.allowed += allowed.length
    count.refused += row.length - allowed.length
  })
})
