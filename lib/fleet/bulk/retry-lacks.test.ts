import { expect, it } from 'vitest'
import { aFleet, anAgent, aSet } from '../arrange.fixture.ts'
import type { RightsIn } from '../can/rights.ts'
import { retryLacks } from './retry-lacks.ts'
import { runOf } from './run.ts'
import type { BulkRun, OutcomeState } from './run.ts'
import { surroundingsOf } from './surroundings.ts'

const place = (slot: number, namespace: string) => anAgent('web', slot, { namespace })
const FLEET = aFleet(
  [place(0, 'qa'), place(1, 'qa'), place(2, 'qa'), place(3, 'qa'), place(4, 'lab')],
  [aSet('web', { namespace: 'qa' })],
  [],
)
const NO: RightsIn = new Map([
  ['qa', { namespace: 'qa', may: { 'delete pods': false, 'patch cocoonsets': false } }],
])

function aRun(action: BulkRun['action'], uids: readonly string[], state: OutcomeState): BulkRun {
  const run = runOf(
    { doable: [], skipped: [] },
    { id: 'k', action, given: { count: 1, replicas: 0, node: '' }, startedAt: 0 },
  )
  const outcomes = uids.map((uid) => {
    const row = { kind: action === 'suspend' ? 'set' : 'vm', uid, namespace: 'qa', name: uid } as const
    return { target: row, row, key: 'k', state, problem: null, words: '' }
  })
  return { ...run, outcomes }
}
const lacks = (run: BulkRun, rights: RightsIn) =>
  Object.fromEntries(retryLacks(run, FLEET, surroundingsOf(FLEET), rights))

const DELETE = 'You may not delete pods in qa.'

it.each([
  ['restart', ['qa/web-0', 'lab/web-4', 'gone'], 'refused', { 'qa/web-0': DELETE }],
  ['restart', ['qa/web-0'], 'stopped', { 'qa/web-0': DELETE }],
  // It is found out what became of it, by the key that it has.
  ['restart', ['qa/web-0'], 'unknown', {}],
  ['restart', ['qa/web-0'], 'done', {}],
  ['hibernate', ['qa/web-0'], 'refused', {}],
  ['suspend', ['set:qa/web'], 'refused', { 'set:qa/web': 'You may not patch cocoonsets in qa.' }],
] as const)('%s of %j that is %s is no use to try again for %o', (action, uids, state, expected) => {
  const run = aRun(action, uids, state)
  expect(lacks(run, NO)).toEqual(expected)
  expect(lacks(run, new Map())).toEqual({})
})
