import { expect, it } from 'vitest'
import type { Pod } from './kube-json.ts'
import { readCocoonSetGeneration, stampCocoonSetGeneration } from './generation.ts'

const KEY = 'cocoonset.cocoonstack.io/generation'

it.each([
  ['7', 7],
  ['007', 7],
  ['+12', 12],
  ['-4', -4],
  ['12 ', 0],
  ['1.0', 0],
  ['9223372036854775808', 0],
  ['', 0],
])('reads %j as %d', (text, generation) => {
  expect(readCocoonSetGeneration({ metadata: { annotations: { [KEY]: text } } })).toBe(generation)
})

it.each([null, undefined, {}])('reads %j as 0', (pod) => {
  expect(readCocoonSetGeneration(pod)).toBe(0)
})

it.each([
  [7, '7'],
  [0, '0'],
  [-3, '-3'],
])('stamps %d', (generation, text) => {
  const pod: Pod = {}
  expect(stampCocoonSetGeneration(pod, generation)).toBe(pod)
  expect(pod).toEqual({ metadata: { annotations: { [KEY]: text } } })
  expect(readCocoonSetGeneration(pod)).toBe(generation)
})

it('stamps no missing pod', () => {
  expect(stampCocoonSetGeneration(null, 7)).toBeNull()
})
