import { expect, it } from 'vitest'
import { returnPath, signInHref } from './return-path.ts'

it.each([
  ['/', '/'],
  ['/?q=phase:failed&group=node', '/?q=phase:failed&group=node'],
  ['/vms/qa/browser-matrix-0/console', '/vms/qa/browser-matrix-0/console'],
  ['/sets/new?from=qa%2Fone', '/sets/new?from=qa%2Fone'],
  ['/#part', '/'],
])('keeps %j', (wanted, kept) => {
  expect(returnPath(wanted)).toBe(kept)
})

it.each([
  null,
  undefined,
  '',
  'vms',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  'https://evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/./\\evil.example',
  '/a/..//evil.example',
  '/.//evil.example',
  '/%2e//evil.example',
  '/\u0000//evil.example',
  '/\u2028/evil.example',
  '/api/fleet',
  '/API/session/oidc',
  '/sign-in?next=/',
  `/${'a'.repeat(3_000)}`,
])('takes nobody elsewhere: %j', (wanted) => {
  expect(returnPath(wanted)).toBe('/')
})

it.each([
  [{ pathname: '/', search: '' }, '/sign-in'],
  [{ pathname: '/', search: '?q=phase:failed' }, '/sign-in?to=%2F%3Fq%3Dphase%3Afailed'],
  [{ pathname: '/vms/qa/a/console', search: '' }, '/sign-in?to=%2Fvms%2Fqa%2Fa%2Fconsole'],
  [{ pathname: '/sign-in', search: '?to=/screens' }, '/sign-in'],
])('leads back to %j', (here, href) => {
  expect(signInHref(here)).toBe(href)
})
