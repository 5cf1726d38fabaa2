import { describe, expect, it } from 'vitest'
import type { Pod } from './kube-json.ts'
import {
  applyLifecycleStatus,
  lifecycleStateIsTerminal,
  lifecycleStatusAnnotations,
  lifecycleStatusSnapshot,
  readLifecycleObservedGeneration,
  readLifecycleState,
  readLifecycleStatus,
} from './lifecycle.ts'

const STATE = 'vm.cocoonstack.io/lifecycle-state'
const GENERATION = 'vm.cocoonstack.io/lifecycle-observed-generation'
const MESSAGE = 'vm.cocoonstack.io/lifecycle-state-message'

const podWith = (annotations: Record<string, string>): Pod => ({ metadata: { annotations } })

describe('lifecycleStateIsTerminal', () => {
  it.each([
    ['ready', true],
    ['hibernated', true],
    ['failed', true],
    ['creating', false],
    ['hibernating', false],
    ['Failed', false],
    ['READY', false],
    ['', false],
    ['gone', false],
  ])('of %j is %j', (state, terminal) => {
    expect(lifecycleStateIsTerminal(state)).toBe(terminal)
  })
})

describe('reading', () => {
  it.each([
    ['007', 7],
    ['+12', 12],
    ['-4', -4],
    ['12 ', 0],
    ['1.0', 0],
    ['9223372036854775808', 0],
    ['', 0],
  ])('takes the generation %j for %d', (text, generation) => {
    expect(readLifecycleObservedGeneration(podWith({ [GENERATION]: text }))).toBe(generation)
  })

  it('keeps unknown states as they stand', () => {
    expect(readLifecycleState(podWith({ [STATE]: ' Failed' }))).toBe(' Failed')
  })

  it('combines the three', () => {
    const pod = podWith({ [STATE]: 'failed', [GENERATION]: '3', [MESSAGE]: 'no room' })
    expect(readLifecycleStatus(pod)).toEqual({ state: 'failed', observedGeneration: 3, message: 'no room' })
  })

  it.each([null, undefined, {}])('finds nothing in %j', (pod) => {
    expect(readLifecycleState(pod)).toBe('')
    expect(readLifecycleObservedGeneration(pod)).toBe(0)
    expect(readLifecycleStatus(pod)).toEqual({ state: '', observedGeneration: 0, message: '' })
  })
})

describe('writing', () => {
  it.each([
    [{ state: 'failed', observedGeneration: 3, message: 'no room' }, 'failed', '3', 'no room'],
    [{ state: 'ready', observedGeneration: 0, message: '' }, 'ready', '0', null],
    [{ state: '', observedGeneration: -2, message: '' }, '', '-2', null],
  ])('patches %j', (status, state, generation, message) => {
    expect(lifecycleStatusAnnotations(status)).toEqual({
      [STATE]: state,
      [GENERATION]: generation,
      [MESSAGE]: message,
    })
  })

  it('replaces an older status, its message included', () => {
    const pod = podWith({ [STATE]: 'failed', [GENERATION]: '3', [MESSAGE]: 'no room', a: 'b' })
    expect(applyLifecycleStatus({ state: 'ready', observedGeneration: 4, message: '' }, pod)).toBe(pod)
    expect(pod).toEqual(podWith({ [STATE]: 'ready', [GENERATION]: '4', a: 'b' }))
  })

  it('writes an empty state too', () => {
    const pod = applyLifecycleStatus({ state: '', observedGeneration: 0, message: '' }, {})
    expect(pod).toEqual(podWith({ [STATE]: '', [GENERATION]: '0' }))
  })

  it('is undone by reading', () => {
    const status = { state: 'hibernated', observedGeneration: 12, message: 'a\0b' }
    expect(readLifecycleStatus(applyLifecycleStatus(status, {}))).toEqual(status)
  })

  it('ignores a missing pod', () => {
    expect(applyLifecycleStatus({ state: 'ready', observedGeneration: 1, message: '' }, null)).toBeNull()
  })
})

it.each([
  [{ state: 'ready', observedGeneration: 7, message: 'ok' }, 'ready\u00007\u0000ok'],
  [{ state: '', observedGeneration: 0, message: '' }, '\u00000\u0000'],
])('%j snapshots to %j', (status, text) => {
  expect(lifecycleStatusSnapshot(status)).toBe(text)
})
