import { expect, it } from 'vitest'
import { namespacesOf } from './namespaces-of.ts'

it('has each namespace once, in order', () => {
  const row = (namespace: string) => ({ namespace })
  expect(namespacesOf([row('qa'), row('lab')], new Set([row('qa'), row('a')]))).toEqual(['a', 'lab', 'qa'])
  expect(namespacesOf([], [])).toEqual([])
})
