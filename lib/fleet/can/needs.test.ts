import { describe, expect, it } from 'vitest'
import type { Action, SubjectOf } from './actions.ts'
import { lackToAudit, lackToClone, lackToCreate, lackToEdit, lackToRead, NEEDS, withRights } from './needs.ts'
import { RIGHT_NAMES, rightsOfRules } from './rights.ts'
import type { Held, Right, Rights } from './rights.ts'
import { aRequest, around, aWeb, theMain } from './subjects.fixture.ts'
import type { Verdict } from './verdict.ts'

const YES: Verdict = { ok: true, warnings: [], notes: [] }
const vm = around(theMain())
const set = aWeb()
const request = aRequest('web-0', 'Hibernate', 'Hibernated')
const asked = around(theMain({ hibernation: request }))

const SUBJECTS: { [A in Action]: SubjectOf<A> } = {
  hibernate: vm,
  wake: asked,
  fork: vm,
  'fork-into-set': vm,
  'fork-standalone': vm,
  restart: vm,
  'delete-vm': vm,
  'remove-hibernation': { hibernation: request, vm: asked.vm, set: asked.set },
  suspend: set,
  resume: set,
  scale: set,
  migrate: set,
  'edit-set': set,
  'delete-set': set,
  console: vm,
  terminal: vm,
  logs: vm,
}

/** What each action writes, by contract 10. */
const WRITES: Record<Action, Right> = {
  hibernate: 'create cocoonhibernations',
  wake: 'patch cocoonhibernations',
  fork: 'patch cocoonsets',
  'fork-into-set': 'create cocoonsets',
  'fork-standalone': 'create pods',
  restart: 'delete pods',
  'delete-vm': 'delete pods',
  'remove-hibernation': 'delete cocoonhibernations',
  suspend: 'patch cocoonsets',
  resume: 'patch cocoonsets',
  scale: 'patch cocoonsets',
  migrate: 'patch cocoonsets',
  'edit-set': 'update cocoonsets',
  'delete-set': 'delete cocoonsets',
  console: 'create pods/exec',
  terminal: 'create pods/exec',
  logs: 'get pods/log',
}

const ACTIONS = Object.keys(WRITES) as Action[]
const all = (held: Held, except: Partial<Record<Right, Held>> = {}): Rights => ({
  namespace: 'team-a',
  may: { ...Object.fromEntries(RIGHT_NAMES.map((right) => [right, held])), ...except },
})
const judged = (action: Action, rights: Rights | undefined, verdict: Verdict = YES) =>
  withRights(action, SUBJECTS[action], rights, verdict)
const needsOf = (action: Action) =>
  (NEEDS[action] as (subject: SubjectOf<Action>) => readonly { right: Right }[])(SUBJECTS[action])

describe('each action', () => {
  it.each(ACTIONS)('%s is allowed to whoever has all rights, and while they are not known', (action) => {
    expect(judged(action, all(true))).toBe(YES)
    expect(judged(action, undefined)).toBe(YES)
    expect(judged(action, { namespace: 'team-a', may: {} })).toBe(YES)
  })

  it.each(ACTIONS.flatMap((action) => needsOf(action).map(({ right }) => [action, right] as const)))(
    '%s is denied without %s, in words',
    (action, right) => {
      expect(judged(action, all(true, { [right]: false }))).toEqual({
        ok: false,
        reason: `You may not ${right} in team-a.`,
      })
    },
  )

  it.each(ACTIONS.map((action) => [action, WRITES[action]] as const))('%s writes by: %s', (action, right) => {
    expect(needsOf(action)[0]?.right).toBe(right)
    expect(judged(action, all(false))).toEqual({ ok: false, reason: `You may not ${right} in team-a.` })
  })

  it.each(ACTIONS)('%s needs nothing else', (action) => {
    const needed = new Set(needsOf(action).map(({ right }) => right))
    const others = RIGHT_NAMES.filter((right) => !needed.has(right))
    expect(judged(action, all(true, Object.fromEntries(others.map((right) => [right, false]))))).toBe(YES)
  })

  it('says first which right is missing, which no waiting gives, and then what the rules say', () => {
    const no: Verdict = { ok: false, reason: 'web-0 is being deleted: wait until it is gone.' }
    expect(judged('hibernate', all(false), no)).toMatchObject({
      reason: expect.stringMatching(/^You may not/) as unknown,
    })
    expect(judged('hibernate', all(true), no)).toBe(no)
    expect(judged('hibernate', undefined, no)).toBe(no)
  })

  it('makes a set where it is to be, and reads the VM where that is', () => {
    const there = (held: Held): Rights => ({ namespace: 'team-b', may: { 'create cocoonsets': held } })
    const here = (held: Held) => all(true, { 'create cocoonsets': held })
    const into = (rights: Rights, other: Rights | undefined) =>
      withRights('fork-into-set', vm, rights, YES, other)
    expect(into(here(false), there(true))).toBe(YES)
    expect(into(here(true), there(false))).toEqual({
      ok: false,
      reason: 'You may not create cocoonsets in team-b.',
    })
    // What is not known denies nothing.
    expect(into(here(false), { namespace: 'team-b', may: {} })).toBe(YES)
    expect(into(all(true, { 'get pods': false }), there(true))).toEqual({
      ok: false,
      reason: 'You may not get pods in team-a.',
    })
  })

  it('goes by the name where a right is held for some objects only', () => {
    expect(judged('restart', all(true, { 'delete pods': [vm.vm.name] }))).toBe(YES)
    expect(judged('restart', all(true, { 'delete pods': ['other'] }))).toMatchObject({ ok: false })
  })
})

describe('what no list has yet', () => {
  const without = (right: Right) => all(true, { [right]: false })

  it.each([
    ['a new set', 'create cocoonsets', lackToCreate],
    ['a copy', 'create cocoonsets', (rights: Rights) => lackToClone({ name: 'web' }, rights)],
    ['a copy', 'get cocoonsets', (rights: Rights) => lackToClone({ name: 'web' }, rights)],
    ['an edit', 'update cocoonsets', (rights: Rights) => lackToEdit({ name: 'web' }, rights)],
    ['an edit', 'get pods', (rights: Rights) => lackToEdit({ name: 'web' }, rights)],
    ['reading', 'get cocoonsets', (rights: Rights) => lackToRead({ name: 'web' }, rights)],
    ['the audit page', 'list events', lackToAudit],
  ] as const)('needs for %s: %s', (_, right, lack) => {
    expect(lack(without(right))).toBe(`You may not ${right} in team-a.`)
    expect(lack(all(true))).toBeNull()
    expect(lack({ namespace: 'team-a', may: {} })).toBeNull()
  })

  it('is not denied while nothing is known', () => {
    expect([
      lackToCreate(undefined),
      lackToClone({ name: 'web' }, undefined),
      lackToAudit(undefined),
    ]).toEqual([null, null, null])
  })

  it('copies a set into another namespace by the rights of that one', () => {
    const there: Rights = { namespace: 'team-b', may: { 'create cocoonsets': true } }
    expect(lackToClone({ name: 'web' }, without('create cocoonsets'), there)).toBeNull()
    expect(lackToClone({ name: 'web' }, without('get cocoonsets'), there)).toBe(
      'You may not get cocoonsets in team-a.',
    )
  })
})

describe('the rules of a review', () => {
  const may = (...resourceRules: object[]) => rightsOfRules('team-a', { resourceRules }).may
  const rule = (verbs: string[], apiGroups: string[], resources: string[], resourceNames?: string[]) => ({
    verbs,
    apiGroups,
    resources,
    ...(resourceNames && { resourceNames }),
  })

  it.each([
    [rule(['patch'], ['cocoonset.cocoonstack.io'], ['cocoonsets']), 'patch cocoonsets', true],
    [rule(['*'], ['*'], ['*']), 'create pods/exec', true],
    [rule(['*'], ['*'], ['*']), 'delete cocoonhibernations', true],
    [rule(['create'], [''], ['pods']), 'create pods/exec', false],
    [rule(['create'], [''], ['pods/exec']), 'create pods/exec', true],
    [rule(['create'], [''], ['*/exec']), 'create pods/exec', true],
    [rule(['create'], [''], ['pods/*']), 'create pods/exec', false],
    [rule(['patch'], [''], ['cocoonsets']), 'patch cocoonsets', false],
    [rule(['get'], [''], ['pods/exec']), 'get pods/exec', true],
    [rule(['list'], [''], ['events']), 'list events', true],
    [rule(['delete'], [''], ['pods'], ['b', 'a']), 'delete pods', ['a', 'b']],
    [rule(['create'], ['cocoonset.cocoonstack.io'], ['cocoonsets'], ['web']), 'create cocoonsets', false],
    [rule(['create'], [''], ['pods/exec'], ['web-0']), 'create pods/exec', ['web-0']],
  ] as const)('%o gives %s: %o', (given, right, held) => {
    expect(may(given)[right]).toEqual(held)
  })

  it('add up, and a rule for all names is more than one for some', () => {
    const some = rule(['delete'], [''], ['pods'], ['a'])
    expect(may(some, rule(['delete'], [''], ['pods'], ['c']))['delete pods']).toEqual(['a', 'c'])
    expect(may(some, rule(['delete'], [''], ['pods']))['delete pods']).toBe(true)
  })

  it.each([undefined, null, {}, { resourceRules: 'all' }, { resourceRules: [null, 7, { verbs: '*' }] }])(
    'that are none give nothing: %o',
    (status) => {
      expect(Object.values(rightsOfRules('team-a', status).may)).toEqual(RIGHT_NAMES.map(() => false))
    },
  )
})
