import { expect, it } from 'vitest'
import { rightsQuery } from './rights-query.ts'

it.each([
  ['qa', true],
  ['', false],
  ['<b>', false],
  ['../kube-system', false],
])('asks of the namespace "%s": %s', (namespace, asked) => {
  expect(rightsQuery(namespace).enabled).toBe(asked)
})
