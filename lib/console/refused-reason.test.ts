import { expect, it } from 'vitest'
import { Refused } from '../kube/problem.ts'
import { refusedReason } from './refused-reason.ts'

it.each([
  [403, 'forbidden', 'rights-gone'],
  [401, 'unauthorized', 'rights-gone'],
  [401, 'not-signed-in', 'rights-gone'],
  [404, 'not-found', 'vm-gone'],
  [409, 'recreated', 'vm-moved'],
  [503, 'unavailable', 'cluster-silent'],
] as const)('tells a page of %i %s that the console ended for %s', (status, code, reason) => {
  expect(refusedReason(new Refused({ status, code, title: 'No', detail: 'No.' }))).toBe(reason)
})
