import { expect, it } from 'vitest'
import { isRestorable, keepsAsleep, runningDesire } from './hibernation-request.ts'

it.each([
  ['Hibernate', '', 'Hibernate', true, false],
  ['Hibernate', 'Pending', 'Hibernate', true, false],
  ['Hibernate', 'Hibernating', 'Hibernate', true, false],
  ['Hibernate', 'Hibernated', 'Hibernate', true, true],
  ['Hibernate', 'Waking', 'Wake', true, true],
  ['Hibernate', 'Active', 'Hibernate', true, false],
  ['Hibernate', 'Failed', 'Hibernate', true, false],
  ['Wake', 'Hibernating', 'Hibernate', true, false],
  ['Wake', 'Hibernated', 'Wake', false, true],
  ['Wake', 'Waking', 'Wake', false, true],
  ['Wake', 'Active', 'Wake', false, false],
  ['Wake', 'Failed', 'Wake', false, false],
  ['nap', 'Failed', 'nap', false, false],
])('a request for %s in phase %j', (desire, phase, running, asleep, restorable) => {
  const request = { desire, phase }
  expect([runningDesire(request), keepsAsleep(request), isRestorable(request)]).toEqual([
    running,
    asleep,
    restorable,
  ])
})
