import { expect, it } from 'vitest'
import { can } from './can.ts'
import { aFork, aRequest, around, reasonOf } from './subjects.fixture.ts'

const AGO = '2026-11-23T11:00:00.000Z'
const asleep = { phase: 'hibernated', vmID: '', hibernateRequested: true } as const

const request = (phase: string, vm = aFork(), over = {}) => ({
  hibernation: aRequest('web-2', phase === 'Active' ? 'Wake' : 'Hibernate', phase, over),
  vm,
  set: null,
})
const verdictOn = can['remove-hibernation']

it('must not be done twice', () => {
  expect(reasonOf(verdictOn(request('Active', aFork(), { deletedAt: AGO })))).toBe(
    'The CocoonHibernation web-2 is being deleted already.',
  )
})

it.each([
  ['of an awake VM', request('Active')],
  ['of one that never slept', request('Pending')],
  ['of one that failed to sleep and still runs', request('Failed', aFork({ phase: 'failed' }))],
  ['of a static VM', request('Failed', aFork({ managed: false }))],
  ['of a pod that never was', { ...request('Pending'), vm: null }],
])('loses nothing %s (contract 5)', (_, subject) => {
  const verdict = verdictOn(subject)
  expect(verdict).toMatchObject({
    ok: true,
    warnings: [],
    notes: [expect.stringContaining('nothing is lost')],
  })
})

it.each([
  [
    'of a VM that sleeps',
    request('Hibernated', aFork(asleep)),
    'The snapshot vk-research-web-2:hibernate is destroyed, and web-2 loses its memory for good: wake it first',
  ],
  ['of one that is lost already but for it', { ...request('Hibernated'), vm: null }, 'of web-2 is destroyed'],
  [
    'of one whose set sleeps',
    { ...request('Active', aFork(asleep)), set: around(aFork(), { suspend: true }).set },
    'resume set web first',
  ],
  [
    'of one that falls asleep',
    request('Hibernating', aFork({ phase: 'hibernating' })),
    'web-2 may lose its memory',
  ],
  ['of one that wakes', request('Waking', aFork({ phase: 'waking', vmID: '' })), 'web-2 loses its memory'],
  [
    'of one that has nearly woken',
    request('Waking', aFork({ phase: 'waking' })),
    'web-2 may lose its memory',
  ],
])('warns %s (contract 5, 11.9)', (_, subject, warning) => {
  expect(verdictOn(subject)).toMatchObject({ ok: true, warnings: [expect.stringContaining(warning)] })
})
