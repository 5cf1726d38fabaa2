import { expect, it } from 'vitest'
import { fateOf } from './loss.ts'
import { aFork, theMain } from './subjects.fixture.ts'

it.each([
  [theMain(), 'saved', 'last state kept as vk-research-web-0:latest'],
  [theMain({ snapshotPolicy: 'main-only' }), 'saved', 'last state kept as vk-research-web-0:latest'],
  [aFork({ snapshotPolicy: 'main-only' }), 'lost', 'nothing is saved (policy main-only)'],
  [aFork({ snapshotPolicy: 'never' }), 'lost', 'nothing is saved (policy never)'],
  [aFork({ phase: 'hibernated', vmID: '' }), 'lost', 'sleeps: nothing more of it is saved'],
  [aFork({ phase: 'creating', vmID: '' }), 'lost', 'has nothing to lose yet'],
  [aFork({ phase: 'waking', vmID: '' }), 'lost', 'does not run: nothing is saved'],
  [aFork({ managed: false }), 'goes on', 'static: only its pod goes'],
])('%o is %s: %s', (vm, kind, words) => {
  expect(fateOf(vm)).toEqual({ kind, words })
})
