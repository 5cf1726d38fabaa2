import { describe, expect, it } from 'vitest'
import type { PodStatus } from './kube-json.ts'
import { isContainerRunning, isPodReady, isPodTerminal, isWindowsPod, podKey } from './pod-state.ts'

const ready = (status: string) => ({ type: 'Ready', status })

describe('isPodReady', () => {
  it.each<[PodStatus, boolean]>([
    [{ conditions: [ready('True')] }, true],
    [{ conditions: [ready('False'), ready('True')] }, true],
    [{ conditions: [ready('True')], phase: 'Failed' }, true],
    [{ conditions: [ready('true')] }, false],
    [{ conditions: [{ type: 'Initialized', status: 'True' }] }, false],
    [{ phase: 'Running' }, false],
    [{}, false],
  ])('with %j is %j', (status, expected) => {
    expect(isPodReady({ status })).toBe(expected)
  })
})

describe('isPodTerminal', () => {
  it.each([
    ['Failed', true],
    ['Succeeded', false],
    ['failed', false],
    ['Running', false],
    ['', false],
  ])('in phase %j is %j', (phase, expected) => {
    expect(isPodTerminal({ status: { phase } })).toBe(expected)
  })
})

describe('isContainerRunning', () => {
  it.each<[PodStatus, boolean]>([
    [{ containerStatuses: [{ state: { running: {} } }] }, true],
    [{ containerStatuses: [{ state: { waiting: {} } }, { state: { running: {} } }] }, true],
    [{ containerStatuses: [{ state: { terminated: {} } }] }, false],
    [{ containerStatuses: [{ ready: true }] }, false],
    [{ initContainerStatuses: [{ state: { running: {} } }] }, false],
    [{}, false],
  ])('with %j is %j', (status, expected) => {
    expect(isContainerRunning({ status })).toBe(expected)
  })
})

describe('isWindowsPod', () => {
  it.each([
    ['windows', true],
    ['Windows', true],
    ['WINDOWS', true],
    ['window\u017f', true],
    ['w\u0130ndows', false],
    ['w\u0131ndows', false],
    [' windows', false],
    ['windows\n', false],
    ['linux', false],
    ['', false],
  ])('with os %j is %j', (os, expected) => {
    expect(isWindowsPod({ metadata: { annotations: { 'cocoonset.cocoonstack.io/os': os } } })).toBe(expected)
  })
})

it.each([null, undefined, {}, { metadata: {}, status: {} }])(
  'every question about %j is answered no',
  (pod) => {
    const questions = [isPodReady, isPodTerminal, isContainerRunning, isWindowsPod]
    expect(questions.map((ask) => ask(pod))).toEqual([false, false, false, false])
  },
)

it('podKey joins with a slash', () => {
  expect(podKey('team-a', 'web-0')).toBe('team-a/web-0')
  expect(podKey('', '')).toBe('/')
})
