import { expect, it } from 'vitest'
import { turnedAway } from './front-door.ts'

const rawHeaders = ['Host', 'localhost']
const fields = (count: number) => Array.from({ length: count }, (_, index) => [`X-${index}`, 'a']).flat()

it.each<[string, Parameters<typeof turnedAway>[0], number | undefined]>([
  ['a page', { method: 'GET', url: '/vms/team/web-0?tab=logs', rawHeaders }, undefined],
  ['an escape', { method: 'POST', url: '/api/vms/team/web%2D0/wake', rawHeaders }, undefined],
  ['a % in the query', { method: 'GET', url: '/?q=100%', rawHeaders }, undefined],
  ['no host at all', { method: 'GET', url: '/', rawHeaders: [] }, undefined],
  [
    'a header whose value is a name',
    { method: 'GET', url: '/', rawHeaders: ['X', 'Host', 'host', 'a'] },
    undefined,
  ],
  ['two hosts', { method: 'GET', url: '/', rawHeaders: [...rawHeaders, 'HOST', 'evil.example'] }, 400],
  ['a hundred fields', { method: 'GET', url: '/', rawHeaders: fields(100) }, undefined],
  ['more than a hundred fields', { method: 'GET', url: '/', rawHeaders: fields(101) }, 431],
  ['a broken escape', { method: 'GET', url: '/%zz', rawHeaders }, 400],
  ['half an escape', { method: 'GET', url: '/%', rawHeaders }, 400],
  ['an escape that is no letter', { method: 'GET', url: '/%ff', rawHeaders }, 400],
  ['an echo', { method: 'TRACE', url: '/', rawHeaders }, 405],
  ['a method of WebDAV', { method: 'PROPFIND', url: '/', rawHeaders }, 405],
])('%s', (_, head, status) => {
  expect(turnedAway(head)?.status).toBe(status)
})
