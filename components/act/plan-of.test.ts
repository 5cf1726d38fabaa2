import { describe, expect, it } from 'vitest'
import { aNode, anAgent, aSet, aVm } from '../../lib/fleet/arrange.fixture.ts'
import type { Right, Rights, RightsIn } from '../../lib/fleet/can/rights.ts'
import { aRequest } from '../../lib/fleet/can/subjects.fixture.ts'
import type { Vm, VmSet } from '../../lib/fleet/vm.ts'
import type { Act, SetAction, VmAction, Wish } from './act.ts'
import { easiestWish, firstWish } from './first-wish.ts'
import { planOf } from './plan-of.ts'
import { setSubject } from './subject-of.ts'
import type { Rows } from './subject-of.ts'

const byUid = <Row extends { uid: string }>(...rows: Row[]) => new Map(rows.map((row) => [row.uid, row]))

const NAMESPACE = 'research'

/** A set of a main agent and two forks on node-a1, and one more node. */
function fleet(main: Partial<Vm> = {}, set: Partial<VmSet> = {}): Rows {
  return {
    vms: byUid(
      anAgent('web', 0, { vmID: 'v0', ...main }),
      anAgent('web', 1, { vmID: 'v1' }),
      anAgent('web', 2),
    ),
    sets: byUid(aSet('web', { namespace: NAMESPACE, replicas: 2, ...set })),
    nodes: byUid(aNode('node-a1'), aNode('node-a2')),
  }
}

const onMain = (action: VmAction): Act => {
  const { uid, namespace, name } = anAgent('web', 0)
  return { kind: 'vm', action, uid, namespace, name }
}
const onSet = (action: SetAction): Act => {
  const { uid, namespace, name } = aSet('web', { namespace: NAMESPACE })
  return { kind: 'set', action, uid, namespace, name }
}

const INTO_SET = { namespace: 'lab', name: 'copy', replicas: 1, nodePool: 'gpu' }
const WISH = { count: 2, replicas: 1, node: 'node-a2', intoSet: INTO_SET, pod: 'lone' }

describe('planOf', () => {
  const uid = anAgent('web', 0).uid
  const setUid = aSet('web', { namespace: NAMESPACE }).uid

  it.each([
    [onMain('hibernate'), {}, '/api/vms/research/web-0/hibernate', { uid }, 'POST'],
    [onMain('wake'), { phase: 'hibernated' }, '/api/vms/research/web-0/wake', { uid }, 'POST'],
    [onMain('fork'), {}, '/api/vms/research/web-0/fork', { uid, count: 2 }, 'PATCH'],
    [onMain('restart'), {}, '/api/vms/research/web-0/restart', { uid }, 'DELETE'],
    [onSet('suspend'), {}, '/api/sets/research/web/suspend', { uid: setUid }, 'PATCH'],
    [onSet('fork'), {}, '/api/sets/research/web/fork', { uid: setUid, count: 2 }, 'PATCH'],
    [onSet('scale'), {}, '/api/sets/research/web/scale', { uid: setUid, replicas: 1, seen: 2 }, 'PATCH'],
    [
      onSet('migrate'),
      {},
      '/api/sets/research/web/migrate',
      { uid: setUid, node: 'node-a2', seen: '' },
      'PATCH',
    ],
  ] as const)('of %o asks our API once, and shows the write', (act, main, path, body, method) => {
    const plan = planOf(fleet(main), act, WISH)
    expect(plan?.verdict).toMatchObject({ ok: true })
    expect(plan?.request).toEqual({ path, body })
    expect(plan?.write?.method).toBe(method)
    expect(plan?.write?.kubectl).toMatch(/^kubectl (create|patch|delete)/)
  })

  it('resumes a set that is suspended', () => {
    const plan = planOf(
      fleet({ phase: 'hibernated' }, { suspend: true, phase: 'Suspended' }),
      onSet('resume'),
      WISH,
    )
    expect(plan?.verdict).toMatchObject({ ok: true })
    expect(JSON.parse(plan?.write?.body ?? '')).toContainEqual({
      op: 'add',
      path: '/spec/suspend',
      value: false,
    })
  })

  it('shows no write of what is not allowed', () => {
    const plan = planOf(fleet({ os: 'macos' }), onMain('hibernate'), WISH)
    expect(plan?.verdict.ok).toBe(false)
    expect(plan?.write).toBeNull()
  })

  it.each([
    [onMain('restart'), 'web-0'],
    [onSet('scale'), 'web'],
    [onMain('hibernate'), ''],
    [onSet('fork'), ''],
  ])('of %o wants "%s" typed', (act, typed) => {
    expect(planOf(fleet(), act, WISH)?.typed).toBe(typed)
  })

  it.each([
    ['fork-into-set', { phase: 'hibernated' }, { intoSet: INTO_SET }],
    ['fork-standalone', {}, { pod: { name: 'lone' } }],
  ] as const)(
    'asks to %s by the route of forks, and leaves the write to the dry run',
    (action, main, sent) => {
      const plan = planOf(fleet(main), onMain(action), WISH)
      expect(plan?.verdict).toMatchObject({ ok: true })
      expect(plan?.request).toEqual({ path: '/api/vms/research/web-0/fork', body: { uid, ...sent } })
      expect(plan?.write).toBeNull()
    },
  )

  it('deletes a set by its uid, once its name is typed', () => {
    const plan = planOf(fleet(), onSet('delete-set'), WISH)
    const path = `/api/sets/research/web?uid=${encodeURIComponent(setUid)}`
    expect(plan?.request).toEqual({ method: 'DELETE', path })
    expect(plan?.typed).toBe('web')
    expect(plan?.write?.method).toBe('DELETE')
  })

  it('deletes a VM of no set by its uid, and only such a one', () => {
    const bare = aVm({ name: 'lone', vmID: 'v' })
    const { namespace, name } = bare
    const act: Act = { kind: 'vm', action: 'delete-vm', uid: bare.uid, namespace, name }
    const plan = planOf({ ...fleet(), vms: byUid(bare) }, act, WISH)
    const path = `/api/vms/research/lone?uid=${encodeURIComponent(bare.uid)}`
    expect(plan?.request).toEqual({ method: 'DELETE', path })
    expect(plan?.typed).toBe('lone')
    expect(planOf(fleet(), onMain('delete-vm'), WISH)?.verdict.ok).toBe(false)
  })

  it('removes the request of a VM by its own name and uid, typed when memory is lost by it', () => {
    const hibernation = aRequest('web-0', 'Hibernate', 'Hibernated', { name: 'old-name', uid: 'r1' })
    const asleep = fleet({ phase: 'hibernated', vmID: '', hibernation })
    const plan = planOf(asleep, onMain('remove-hibernation'), WISH)
    const path = `/api/hibernations/research/old-name?uid=${encodeURIComponent('r1')}`
    expect(plan?.request).toEqual({ method: 'DELETE', path })
    expect(plan?.typed).toBe('web-0')
    const awake = fleet({ hibernation: { ...hibernation, desire: 'Wake', phase: 'Active' } })
    expect(planOf(awake, onMain('remove-hibernation'), WISH)?.typed).toBe('')
    expect(planOf(fleet(), onMain('remove-hibernation'), WISH)?.verdict.ok).toBe(false)
  })

  it('has none for what is gone, whoever has its name now', () => {
    expect(planOf(fleet(), { ...onMain('wake'), uid: 'another' }, WISH)).toBeNull()
    expect(planOf(fleet(), { ...onSet('fork'), uid: 'another' }, WISH)).toBeNull()
  })

  it.each([
    [onMain('fork'), 1, 'Fork'],
    [onSet('fork'), 3, 'Fork 3'],
    [onSet('fork'), Number.NaN, 'Fork'],
  ])('of %o by %d has "%s" on its button', (act, count, confirm) => {
    expect(planOf(fleet(), act, { ...WISH, count })?.confirm).toBe(confirm)
  })

  it('refuses a count that is no number', () => {
    expect(planOf(fleet(), onSet('fork'), { ...WISH, count: Number.NaN })?.verdict.ok).toBe(false)
  })
})

describe('for whoever lacks a right', () => {
  const rightsIn = (...all: Rights[]): RightsIn => new Map(all.map((rights) => [rights.namespace, rights]))
  const lacking = (right: Right, namespace = NAMESPACE): Rights => ({ namespace, may: { [right]: false } })

  it.each([
    [onMain('fork'), 'patch cocoonsets'],
    [onMain('hibernate'), 'create cocoonhibernations'],
    [onMain('restart'), 'delete pods'],
    [onSet('scale'), 'patch cocoonsets'],
    [onSet('delete-set'), 'delete cocoonsets'],
  ] as const)('%o is denied without %s, and nothing is shown that would be written', (act, right) => {
    const plan = planOf(fleet(), act, WISH, rightsIn(lacking(right)))
    expect(plan).toMatchObject({
      verdict: { ok: false, reason: `You may not ${right} in research.` },
      write: null,
      landing: null,
      goes: [],
    })
    expect(planOf(fleet(), act, WISH, rightsIn(lacking(right, 'lab')))?.verdict.ok).toBe(true)
  })

  it('makes a set of a VM by the rights of where the set is to be', () => {
    const act = onMain('fork-into-set')
    const asleep = fleet({ phase: 'hibernated' })
    const verdict = (...all: Rights[]) => planOf(asleep, act, WISH, rightsIn(...all))?.verdict
    expect(verdict(lacking('create cocoonsets'))).toMatchObject({ ok: true })
    expect(verdict(lacking('create cocoonsets', 'lab'))).toMatchObject({
      reason: 'You may not create cocoonsets in lab.',
    })
    expect(verdict(lacking('get pods'))).toMatchObject({ reason: 'You may not get pods in research.' })
  })
})

describe('what a dialog shows beside', () => {
  const planFor = (act: Act, wish: Partial<Wish> = {}) => planOf(fleet(), act, { ...WISH, ...wish })

  it.each([
    [onMain('fork'), {}, { node: 'node-a1', count: 2, how: 'forks', oldest: { name: 'web-1' } }],
    [onMain('fork-standalone'), {}, { node: 'node-a1', count: 1, how: 'forks' }],
    [onSet('fork'), { count: 3 }, { node: 'node-a1', count: 3, how: 'forks' }],
    [onSet('scale'), { replicas: 6 }, { node: 'node-a1', count: 4, how: 'forks' }],
    [onSet('migrate'), {}, { node: 'node-a2', count: 1, how: 'moves' }],
  ] as const)('of %o with %o is where VMs come to', (act, wish, landing) => {
    const plan = planFor(act, wish)
    expect(plan?.landing).toMatchObject(landing)
    expect(plan?.landing?.room?.fits).toBe(true)
  })

  it.each([
    [onMain('hibernate'), {}],
    [onSet('scale'), { replicas: 1 }],
    [onSet('fork'), { count: Number.NaN }],
  ])('of %o with %o is no such place', (act, wish) => {
    expect(planFor(act, wish)?.landing).toBeNull()
  })

  it.each([
    [onSet('scale'), { replicas: 1 }, ['web-2']],
    [onSet('scale'), { replicas: 4 }, []],
    [onSet('delete-set'), {}, ['web-0', 'web-1', 'web-2']],
    [onSet('suspend'), {}, []],
  ])('of %o with %o are the VMs that go', (act, wish, names) => {
    expect(planFor(act, wish)?.goes.map(({ name }) => name)).toEqual(names)
  })

  it('names the VMs that go in the order that people count in', () => {
    const vms = byUid(anAgent('web', 10), anAgent('web', 0), anAgent('web', 9))
    const names = planOf({ ...fleet(), vms }, onSet('delete-set'), WISH)?.goes.map(({ name }) => name)
    expect(names).toEqual(['web-0', 'web-9', 'web-10'])
  })

  it('is what is wrong with what was typed', () => {
    const intoSet = { ...INTO_SET, name: 'web', namespace: NAMESPACE }
    expect(planFor(onMain('fork-into-set'), { intoSet })?.flaws).toEqual({
      name: 'There is a set web in research already.',
    })
    expect(planFor(onMain('fork'))?.flaws).toEqual({})
  })
})

describe('what a dialog begins with', () => {
  const wishOf = (rows: Rows, wish?: typeof easiestWish) => {
    const [set] = rows.sets.values()
    if (set === undefined) return undefined
    return wish === undefined ? firstWish(rows, { kind: 'set', uid: set.uid }) : wish(setSubject(rows, set))
  }

  it('is one more, and a node that the main agent is not on', () => {
    expect(wishOf(fleet())).toMatchObject({ count: 1, replicas: 3, node: 'node-a2' })
  })

  it('names what is made from a VM by a name that is free, where the VM is', () => {
    const rows = fleet({ pool: 'gpu' })
    const taken = aSet('web-copy', { namespace: NAMESPACE })
    const wish = firstWish({ ...rows, sets: new Map([...rows.sets, ['c', taken]]) }, onMain('fork'))
    expect(wish.intoSet).toEqual({ namespace: NAMESPACE, name: 'web-copy-2', replicas: 0, nodePool: 'gpu' })
    expect(wish.pod).toBe('web-0-fork')
  })

  it('never deletes a VM, though a menu knows that one less is all that may be', () => {
    expect(wishOf(fleet({ os: 'macos' }))?.replicas).toBe(3)
    expect(wishOf(fleet({ os: 'macos' }), easiestWish)?.replicas).toBe(1)
    expect(wishOf(fleet(), easiestWish)?.replicas).toBe(3)
    expect(wishOf(fleet({ os: 'macos' }, { replicas: 0 }), easiestWish)?.replicas).toBe(1)
  })
})
