import { describe, expect, it } from 'vitest'
import { ANNOTATION_DELETE_VM_NAMES } from '../../lib/cocoon/component-keys.ts'
import { readyPods, stateOf, webSet } from '../testing/objects.ts'
import { plan } from '../testing/set-plans.ts'

describe('deletion', () => {
  const set = webSet({ agent: { replicas: 1 }, snapshotPolicy: 'main-only' })
  const leaving = { ...set, metadata: { ...set.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }
  it('remembers the VM names and deletes the pods', () => {
    expect(plan(stateOf(leaving, readyPods(set)))).toEqual([
      'annotate set delete-vm-names=vk-team-web-0,vk-team-web-1',
      'deletePod web-0',
      'deletePod web-1',
    ])
  })
  it('removes the tags that the policy does not keep, then the finalizer', () => {
    const annotations = { [ANNOTATION_DELETE_VM_NAMES]: 'vk-team-web-0,vk-team-web-1' }
    expect(plan(stateOf({ ...leaving, metadata: { ...leaving.metadata, annotations } }, []))).toEqual([
      'deleteTag vk-team-web-0:hibernate',
      'deleteTag vk-team-web-1:hibernate',
      'deleteTag vk-team-web-1:latest',
      'finalizers ',
    ])
  })
})
