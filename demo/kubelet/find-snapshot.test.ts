import { expect, it } from 'vitest'
import { snapshotRegistry, type Snapshot } from '../registry.ts'
import { findSnapshot } from './find-snapshot.ts'

const VM = 'vk-lab-gold-0'
const first: Snapshot = { baseImage: 'first', pushedFrom: 'a' }
const second: Snapshot = { baseImage: 'second', pushedFrom: 'a' }
const local: Snapshot = { baseImage: 'local', pushedFrom: 'b' }

function node(kept: [string, Snapshot][] = []) {
  const registry = snapshotRegistry()
  return { registry, localSnapshots: new Map(kept), pulled: new Map<string, Snapshot>() }
}
const found = (store: ReturnType<typeof node>, image: string, force = false) =>
  findSnapshot(store, image, force).snapshot?.baseImage

it('uses again what it pulled, unless the pull is forced', () => {
  const store = node()
  store.registry.push(VM, 'hibernate', first)
  expect(found(store, `${VM}:hibernate`)).toBe('first')
  store.registry.push(VM, 'hibernate', second)
  expect(found(store, `${VM}:hibernate`)).toBe('first')
  expect(found(store, `${VM}:hibernate`, true)).toBe('second')
  expect(found(store, `${VM}:hibernate`)).toBe('second')
})

it('takes the copy of a VM that slept here for a bare name', () => {
  const store = node([[VM, local]])
  store.registry.push(VM, 'latest', first)
  expect([found(store, VM), found(store, `${VM}:latest`), found(store, VM, true)]).toEqual([
    'local',
    'local',
    'first',
  ])
})

it('takes every other name for an image', () => {
  expect(findSnapshot(node(), 'ubuntu:24.04', false)).toEqual({ isVM: false, snapshot: undefined })
  expect(findSnapshot(node(), VM, false)).toEqual({ isVM: true, snapshot: undefined })
})
