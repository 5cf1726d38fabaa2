import { expect, it } from 'vitest'
import { podNodePool } from './node-pool.ts'

const KEY = 'cocoonstack.io/pool'

it.each([
  ['s', 'l', 'a', 's'],
  ['', 'gpu', 'a', 'gpu'],
  [undefined, 'l', 'a', 'l'],
  [undefined, '', 'a', 'a'],
  [undefined, undefined, 'a', 'a'],
  ['', '', '', 'default'],
  [undefined, undefined, undefined, 'default'],
])('selector %j, label %j, annotation %j: pool %j', (selector, label, annotation, pool) => {
  const map = (value?: string): Record<string, string> => (value === undefined ? {} : { [KEY]: value })
  const metadata = { labels: map(label), annotations: map(annotation) }
  expect(podNodePool({ metadata, spec: { nodeSelector: map(selector) } })).toBe(pool)
})

it.each([null, undefined, {}])('of %j is the default', (pod) => {
  expect(podNodePool(pod)).toBe('default')
})
