import { expect, it } from 'vitest'
import { notReviewed } from './not-reviewed.ts'

const refused = (status: number, words: string) =>
  notReviewed({
    kind: 'refused',
    refusal: {
      status,
      words,
      reason: '',
      message: words,
      causes: [],
      retryAfterMs: 0,
      tooLarge: false,
    },
  }).problem

// As kube-apiserver up to 1.35 and from 1.36 on says it.
it.each([
  'users "wanda" is forbidden: User "dash" cannot impersonate resource "users" in API group "" at the cluster scope',
  'Forbidden: x is forbidden: User "dash" cannot impersonate-on:user-info:create resource "selfsubjectaccessreviews"',
])('says what to apply where the dashboard may not speak for people: %s', (words) => {
  const { status, code, detail } = refused(403, words)
  expect([status, code]).toEqual([503, 'unavailable'])
  expect(detail).toContain('deploy/optional/impersonation.yaml')
})

it('sends whom the cluster does not know to sign in again, and tells of any other trouble', () => {
  expect(refused(401, 'Unauthorized').code).toBe('unauthorized')
  expect(refused(500, 'etcd is down')).toMatchObject({ status: 503, retryAfter: 5 })
  expect(refused(500, 'etcd is down').detail).toContain('etcd is down')
})
