import { describe, expect, it } from 'vitest'
import { accessObjects } from '../../demo/fleet/access-objects.ts'
import type { AccessObject } from '../../demo/fleet/access-object.ts'
import { figure } from '../promises/figure.ts'
import { manifests } from './support/manifests.ts'

/** B8: what the manifests give to the dashboard's account, read as they are handed out. */
const own = manifests()
const optional = manifests('optional')

const named = (objects: AccessObject[], kind: string, name: string) =>
  objects.find((object) => object.kind === kind && object.metadata?.name === name)

const rules = own.filter(({ kind }) => kind?.endsWith('Role')).flatMap((role) => role.rules ?? [])

/** Each right as `verb group/resource`. */
const rights = (
  list: readonly { apiGroups: readonly string[]; resources: readonly string[]; verbs: readonly string[] }[],
) =>
  list
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`)),
      ),
    )
    .toSorted()

describe('the account of the dashboard', () => {
  it('B8: may list and watch what a fleet is made of, and nothing else', () => {
    const startedAt = performance.now()
    const group = 'cocoonset.cocoonstack.io'
    const resources = [`${group}/cocoonsets`, `${group}/cocoonhibernations`, '/pods', '/nodes']
    const expected = ['list', 'watch'].flatMap((verb) => resources.map((resource) => `${verb} ${resource}`))
    expect(rights(rules)).toEqual(expected.toSorted())
    const others = rights(rules).filter((right) => !/^(list|watch) /.test(right))
    figure(
      'B8',
      startedAt,
      `rights of the account ${rights(rules).length}`,
      `verbs besides list and watch ${others.length}`,
    )
    expect(others).toEqual([])
  })

  it('is bound to that one role, and to nothing in a namespace', () => {
    const bindings = own.filter(({ kind }) => kind?.endsWith('Binding'))
    expect(bindings.map(({ kind, roleRef }) => [kind, roleRef?.name])).toEqual([
      ['ClusterRoleBinding', 'cocoon-dashboard'],
    ])
    expect(own.filter(({ kind }) => kind === 'Role')).toEqual([])
  })

  it('may impersonate users and groups where that is applied besides, and gains nothing else', () => {
    const role = named(optional, 'ClusterRole', 'cocoon-dashboard-impersonation')
    expect(rights(role?.rules ?? [])).toEqual(['impersonate /groups', 'impersonate /users'])
  })

  it('may tell in Events who did what where that is applied besides, and gains nothing else', () => {
    const role = named(optional, 'ClusterRole', 'cocoon-dashboard-events')
    expect(rights(role?.rules ?? [])).toEqual(['create /events', 'patch /events'])
  })
})

describe('the roles of the manifests', () => {
  const seeded = accessObjects()
  it.each(['cocoon-dashboard', 'cocoon-team-viewer', 'cocoon-team-operator', 'cocoon-fleet-viewer'])(
    '%s is the one of the demo',
    (name) => {
      const here = named([...own, ...optional], 'ClusterRole', name)
      const there = named(seeded, 'ClusterRole', name)
      expect(rights(here?.rules ?? [])).toEqual(rights(there?.rules ?? []))
      expect(here?.rules).toBeDefined()
    },
  )
})

describe('the deployment', () => {
  it('hands out no secret', () => {
    const secret = named(optional, 'Secret', 'cocoon-dashboard')
    expect(secret).toMatchObject({ stringData: { SESSION_SECRET: '' } })
    expect(own.filter(({ kind }) => kind === 'Secret')).toEqual([])
  })

  it('gives its process no privilege', () => {
    expect(named(own, 'Deployment', 'cocoon-dashboard')).toMatchObject({
      spec: {
        template: {
          spec: {
            serviceAccountName: 'cocoon-dashboard',
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
              },
            ],
          },
        },
      },
    })
  })
})
