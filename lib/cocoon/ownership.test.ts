import { describe, expect, it } from 'vitest'
import {
  cocoonSetOwnerName,
  hasCocoonTolerationKey,
  isOwnedByCocoonSet,
  ownerDeploymentName,
} from './ownership.ts'

describe('hasCocoonTolerationKey', () => {
  it.each([
    [[{ key: 'virtual-kubelet.io/provider' }], true],
    [[{ key: 'virtual-kubelet.io/provider', operator: 'Equal', value: 'x', effect: 'NoExecute' }], true],
    [[{ key: 'other' }, { key: 'virtual-kubelet.io/provider' }], true],
    [[{ operator: 'Exists' }], false],
    [[{ key: 'Virtual-Kubelet.io/provider' }], false],
    [[], false],
    [null, false],
    [undefined, false],
  ])('of %j is %j', (tolerations, has) => {
    expect(hasCocoonTolerationKey(tolerations)).toBe(has)
  })
})

describe('the owning CocoonSet', () => {
  it.each([
    [[{ kind: 'CocoonSet', apiVersion: 'x/v2' }], true, ''],
    [[{ kind: 'CocoonSet', name: 'web', controller: false }], true, 'web'],
    [
      [
        { kind: 'ReplicaSet', name: 'a' },
        { kind: 'CocoonSet', name: 'b' },
      ],
      true,
      'b',
    ],
    [
      [
        { kind: 'CocoonSet', name: 'b' },
        { kind: 'CocoonSet', name: 'c' },
      ],
      true,
      'b',
    ],
    [[{ kind: 'cocoonset', name: 'b' }], false, ''],
    [[{ name: 'b' }], false, ''],
    [[], false, ''],
    [null, false, ''],
    [undefined, false, ''],
  ])('of %j: %j, named %j', (refs, owned, name) => {
    expect(isOwnedByCocoonSet(refs)).toBe(owned)
    expect(cocoonSetOwnerName(refs)).toBe(name)
  })
})

describe('ownerDeploymentName', () => {
  const set = (name?: string) => ({ kind: 'ReplicaSet', ...(name === undefined ? {} : { name }) })

  it.each([
    [[set('web'), set('api-9f')], { name: 'api', ok: true }],
    [[set('my-api-9f')], { name: 'my-api', ok: true }],
    [[set('-abc')], { name: '', ok: true }],
    [[set('web')], { name: '', ok: false }],
    [[set()], { name: '', ok: false }],
    [[{ kind: 'Deployment', name: 'a-b' }], { name: '', ok: false }],
    [[], { name: '', ok: false }],
    [null, { name: '', ok: false }],
    [undefined, { name: '', ok: false }],
  ])('of %j is %j', (refs, owner) => {
    expect(ownerDeploymentName(refs)).toEqual(owner)
  })
})
