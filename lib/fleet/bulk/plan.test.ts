import { describe, expect, it } from 'vitest'
import { aFleet, aNode, anAgent, aSet, aVm } from '../arrange.fixture.ts'
import type { Held, Right, RightsIn } from '../can/rights.ts'
import { aRequest } from '../can/subjects.fixture.ts'
import type { Problem } from '../writes/answer.ts'
import { BULK_ACTIONS } from './actions.ts'
import type { BulkAction, BulkArguments } from './actions.ts'
import { bulkPlan, kubectlScript } from './plan.ts'
import type { Trials } from './plan.ts'
import { firstArguments, possibleOf } from './possible.ts'
import { surroundingsOf } from './surroundings.ts'

const FLEET = aFleet(
  [
    anAgent('web', 0, { vmID: 'w0' }),
    anAgent('web', 1, {
      phase: 'hibernated',
      hibernation: aRequest('web-1', 'Hibernate', 'Hibernated'),
    }),
    anAgent('web', 2, {
      phase: 'hibernated',
      hibernation: aRequest('web-2', 'Hibernate', 'Hibernated'),
    }),
    anAgent('web', 10, { vmID: 'w10' }),
    anAgent('nap', 0, { phase: 'hibernated', hibernateRequested: true }),
    anAgent('mac', 0, { os: 'macos', vmID: 'm0' }),
    aVm({ name: 'lone', vmID: 'l' }),
  ],
  [
    aSet('web', { replicas: 3 }),
    aSet('nap', { suspend: true, phase: 'Suspended' }),
    aSet('mac', { os: 'macos' }),
  ],
  [aNode('node-a1'), aNode('node-b1')],
)

const around = surroundingsOf(FLEET)
const everything = { vms: [...FLEET.vms.values()], sets: [...FLEET.sets.values()], gone: 0 }
const given = (over: Partial<BulkArguments> = {}) => ({ count: 1, replicas: 1, node: 'node-b1', ...over })
const UNKNOWN: RightsIn = new Map()
const planned = (action: BulkAction, over: Partial<BulkArguments> = {}, trials?: Trials) =>
  bulkPlan(action, everything, around, given(over), UNKNOWN, trials)
const names = (members: readonly { row: { name: string } }[]) => members.map(({ row }) => row.name).join(' ')
const groups = (all: ReturnType<typeof planned>['skipped']) =>
  all.map(({ sentence, members }) => `${sentence} (${names(members)})`)

describe('a bulk plan', () => {
  it.each([
    ['hibernate', {}, 'lone web-0 web-10'],
    ['wake', {}, 'web-1 web-2'],
    ['fork', { count: 2 }, 'web-0'],
    ['restart', {}, 'mac-0 web-0 web-1 web-2'],
    ['delete-vm', {}, 'lone'],
    ['remove-hibernation', {}, 'web-1 web-2'],
    ['suspend', {}, 'web'],
    ['resume', {}, 'nap'],
    ['fork-set', {}, 'web'],
    ['scale-set', { replicas: 1 }, 'web'],
    ['migrate-set', { node: 'node-b1' }, 'web'],
    ['delete-set', {}, 'mac nap web'],
  ] as const)('%s with %j is for %s', (action, over, doable) => {
    const plan = planned(action, over)
    expect(names(plan.doable)).toBe(doable)
    const all = BULK_ACTIONS[action].on === 'cocoonsets' ? 3 : 7
    expect(plan.doable.length + plan.skipped.flatMap(({ members }) => members).length).toBe(all)
    expect(plan.doable.every((candidate) => candidate.write() !== null)).toBe(true)
  })

  it('says why each is skipped, the same reason once', () => {
    expect(groups(planned('hibernate').skipped)).toEqual([
      'It is hibernated already. (web-1 web-2)',
      'mac-0 runs macOS, and macOS guests cannot be hibernated. (mac-0)',
      'Set nap is suspended, which hibernates all its VMs: nothing is left to ask for. (nap-0)',
    ])
  })

  it('says what is lost, and of which', () => {
    const [first] = groups(planned('remove-hibernation').losses)
    expect(first).toContain('loses its memory for good')
    expect(groups(planned('scale-set', { replicas: 1 }).losses).join(' ')).toContain('web-2')
  })

  it('leaves out what the cluster refuses to do when it tries, but not what it could not try', () => {
    const problem = (code: Problem['code']): Problem => ({
      status: 400,
      code,
      title: '',
      detail: 'web-0: no.',
    })
    const trials: Trials = new Map([
      ['research/web-0', { problem: problem('admission-denied') }],
      ['research/web-10', { problem: problem('unavailable') }],
      ['research/lone', { problem: null }],
    ])
    const plan = planned('hibernate', {}, trials)
    expect([names(plan.doable), plan.tried]).toEqual(['lone web-10', 1])
    expect(groups(plan.skipped)).toContain('The cluster refused to try it: web-0: no. (web-0)')
  })

  it('has what it replaces with the target, so that another change in between is noticed', () => {
    expect(planned('scale-set').doable[0]?.target).toMatchObject({ name: 'web', seen: 3 })
    expect(planned('migrate-set').doable[0]?.target).toMatchObject({ name: 'web', seen: '' })
    expect(planned('remove-hibernation').doable[0]?.target).toMatchObject({ uid: 'request:web-1' })
  })

  it('is a script of the same writes', () => {
    expect(kubectlScript(planned('wake')).split('\n')).toEqual([
      expect.stringContaining('kubectl patch cocoonhibernation web-1'),
      expect.stringContaining('kubectl patch cocoonhibernation web-2'),
    ])
    expect(kubectlScript(planned('wake'), 1)).not.toContain('web-2')
  })
})

describe('a plan for whoever lacks a right', () => {
  const there = aFleet(
    [
      ...FLEET.vms.values(),
      anAgent('api', 0, { namespace: 'qa', vmID: 'a0' }),
      anAgent('api', 1, {
        namespace: 'qa',
        phase: 'hibernated',
        hibernation: aRequest('api-1', 'Hibernate', 'Hibernated'),
      }),
      aVm({ name: 'lone', namespace: 'qa', vmID: 'ql' }),
    ],
    [
      ...FLEET.sets.values(),
      aSet('api', { namespace: 'qa', replicas: 2 }),
      aSet('nap', { namespace: 'qa', suspend: true }),
    ],
    [...FLEET.nodes.values()],
  )
  const all = { vms: [...there.vms.values()], sets: [...there.sets.values()], gone: 0 }
  const about = surroundingsOf(there)
  const rights = (may: Partial<Record<Right, Held>>): RightsIn => new Map([['qa', { namespace: 'qa', may }]])
  const plannedFor = (action: BulkAction, held: RightsIn) =>
    bulkPlan(action, all, about, given({ count: 2 }), held)
  const inQa = (members: readonly { row: { namespace: string; name: string } }[]) =>
    names(members.filter(({ row }) => row.namespace === 'qa'))

  it.each<[BulkAction, Right, string]>([
    ['hibernate', 'create cocoonhibernations', 'api-0 lone'],
    ['wake', 'patch cocoonhibernations', 'api-1'],
    ['fork', 'patch cocoonsets', 'api-0'],
    ['restart', 'delete pods', 'api-0 api-1'],
    ['delete-vm', 'delete pods', 'lone'],
    ['remove-hibernation', 'delete cocoonhibernations', 'api-1'],
    ['suspend', 'patch cocoonsets', 'api'],
    ['resume', 'patch cocoonsets', 'nap'],
    ['fork-set', 'patch cocoonsets', 'api'],
    ['scale-set', 'patch cocoonsets', 'api'],
    ['migrate-set', 'patch cocoonsets', 'api'],
    ['delete-set', 'delete cocoonsets', 'api nap'],
  ])('skips what %s needs %s for, and says so', (action, right, could) => {
    const free = plannedFor(action, UNKNOWN)
    expect(inQa(free.doable)).toBe(could)
    const plan = plannedFor(action, rights({ [right]: false }))
    const reason = `You may not ${right} in qa.`
    const denied = plan.skipped.find(({ sentence }) => sentence === reason)?.members ?? []
    expect(inQa(plan.doable)).toBe('')
    for (const name of could.split(' ')) expect(inQa(denied).split(' ')).toContain(name)
    // Elsewhere nothing changes.
    const elsewhere = (of: typeof plan) => of.doable.filter(({ row }) => row.namespace !== 'qa')
    expect(names(elsewhere(plan))).toBe(names(elsewhere(free)))
    expect(denied.every(({ row }) => row.namespace === 'qa')).toBe(true)
    const { ok, reason: why } = possibleOf(action, all, about, rights({ [right]: false }))
    const before = possibleOf(action, all, about, UNKNOWN)
    expect(before.ok - ok).toBe(could.split(' ').length)
    expect(why).not.toBe('')
  })

  it('goes by names where a right is held for some objects only', () => {
    const held = rights({ 'create cocoonhibernations': ['api-0'] })
    expect(inQa(plannedFor('hibernate', held).doable)).toBe('api-0')
  })

  it('names the right as the reason where nothing else is chosen', () => {
    const chosen = { ...all, vms: all.vms.filter(({ name }) => name === 'api-0'), sets: [] }
    expect(possibleOf('restart', chosen, about, rights({ 'delete pods': false }))).toEqual({
      ok: 0,
      all: 1,
      reason: 'You may not delete pods in qa.',
    })
  })
})

describe('what is possible', () => {
  it.each([
    ['hibernate', 3, 7],
    ['fork', 1, 7],
    ['scale-set', 1, 3],
    ['migrate-set', 1, 3],
    ['resume', 1, 3],
  ] as const)('of %s are %i of %i', (action, ok, all) => {
    expect(possibleOf(action, everything, around, UNKNOWN)).toMatchObject({
      ok,
      all,
      reason: expect.stringMatching(/./) as unknown,
    })
  })

  it('begins with arguments that lose nothing', () => {
    expect(firstArguments(everything, around)).toEqual({ count: 1, replicas: 3, node: 'node-a1' })
    const web = everything.sets.filter(({ name }) => name === 'web')
    expect(firstArguments({ ...everything, sets: web }, around).replicas).toBe(4)
  })
})
