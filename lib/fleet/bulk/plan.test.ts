import { describe, expect, it } from 'vitest'
import { aFleet, aNode, anAgent, aSet, aVm } from '../arrange.fixture.ts'
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
const planned = (action: BulkAction, over: Partial<BulkArguments> = {}, trials?: Trials) =>
  bulkPlan(action, everything, around, given(over), trials)
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

describe('what is possible', () => {
  it.each([
    ['hibernate', 3, 7],
    ['fork', 1, 7],
    ['scale-set', 1, 3],
    ['migrate-set', 1, 3],
    ['resume', 1, 3],
  ] as const)('of %s are %i of %i', (action, ok, all) => {
    expect(possibleOf(action, everything, around)).toMatchObject({
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
