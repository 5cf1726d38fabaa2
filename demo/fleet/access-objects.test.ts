import { describe, expect, it } from 'vitest'
import { accessObjects } from './access-objects.ts'
import { COMPONENTS, type Rule } from './access-rules.ts'

const objects = accessObjects()
const keyOf = ({ kind, metadata }: { kind?: string; metadata?: { namespace?: string; name?: string } }) =>
  `${kind} ${metadata?.namespace ?? ''}/${metadata?.name}`

/** Roles that every API server has of itself. */
const OF_THE_SERVER = new Set(['extension-apiserver-authentication-reader', 'cluster-admin'])

const allows = (rules: readonly Rule[], group: string, resource: string, verb: string) =>
  rules.some(
    (rule) =>
      rule.apiGroups.includes(group) && rule.resources.includes(resource) && rule.verbs.includes(verb),
  )
const rulesOf = (account: string) => COMPONENTS.find((one) => one.account === account)?.rules ?? []

describe('access', () => {
  it('names everything once', () => {
    const keys = objects.map(keyOf)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('binds to roles that are there, and every role of a component to its account', () => {
    const keys = new Set(objects.map(keyOf))
    for (const { roleRef, subjects = [], metadata } of objects) {
      if (!roleRef || OF_THE_SERVER.has(roleRef.name)) continue
      const namespace = roleRef.kind === 'Role' ? (metadata?.namespace ?? '') : ''
      expect(keys).toContain(`${roleRef.kind} ${namespace}/${roleRef.name}`)
      const accounts = subjects.filter(({ kind }) => kind !== 'User')
      for (const { kind, name, namespace: home } of accounts)
        expect(keys).toContain(`${kind} ${home}/${name}`)
    }
  })

  it('says everything by name: no component may do everything', () => {
    const all = COMPONENTS.flatMap(({ rules, within }) => Object.values(within).flat().concat(rules))
    const texts = all.flatMap(({ apiGroups, resources, verbs }) => apiGroups.concat(resources, verbs))
    expect(texts).not.toContain('*')
  })

  it.each([
    ['cocoon-operator', '', 'pods', 'create', true],
    ['cocoon-operator', '', 'pods/status', 'patch', false],
    ['cocoon-operator', '', 'secrets', 'get', false],
    ['cocoon-operator', 'cocoonset.cocoonstack.io', 'cocoonsets', 'delete', false],
    ['vk-cocoon', '', 'pods', 'create', false],
    ['vk-cocoon', '', 'pods/status', 'patch', true],
    ['vk-cocoon', 'cocoonset.cocoonstack.io', 'cocoonsets', 'get', false],
    ['cocoon-webhook', 'cocoonset.cocoonstack.io', 'cocoonhibernations', 'list', true],
    ['cocoon-webhook', '', 'pods', 'get', false],
    ['cocoon-dashboard', '', 'pods', 'watch', true],
    ['cocoon-dashboard', '', 'pods', 'delete', false],
    ['cocoon-dashboard', '', 'pods/exec', 'create', false],
    ['cocoon-dashboard', '', 'pods', 'get', false],
    ['cocoon-dashboard', '', 'secrets', 'list', false],
  ])('%s: %s/%s %s is %s', (account, group, resource, verb, allowed) => {
    expect(allows(rulesOf(account), group, resource, verb)).toBe(allowed)
  })
})
