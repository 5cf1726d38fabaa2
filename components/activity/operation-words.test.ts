import { describe, expect, it } from 'vitest'
import { ago, NOW } from '../../lib/fleet/arrange.fixture.ts'
import { anOperation } from '../../lib/fleet/operations/operation.fixture.ts'
import type { Operation, Usual } from '../../lib/fleet/operations/operation.ts'
import { inOrder, operationState, operationTitle } from './operation-words.ts'

const usual = (median: number, count: number): Usual => ({ uid: 'wake', median, count })

describe('an operation', () => {
  it.each<[Partial<Operation>, Usual | undefined, string, string]>([
    [{}, undefined, 'Wake web-1', 'Waking for 2 min'],
    [{}, usual(20_000, 7), 'Wake web-1', 'Waking for 2 min, usually 20 s'],
    [{}, usual(900, 1), 'Wake web-1', 'Waking for 2 min, 0.9 s last time'],
    [
      { kind: 'suspend', on: 'set', name: 'web', result: 'done', ended: ago(1), took: 61_000 },
      usual(1, 9),
      'Suspend set web',
      'Done in 1 min',
    ],
    [{ result: 'failed', ended: ago(1) }, undefined, 'Wake web-1', 'Failed'],
    [{ result: 'dropped', ended: ago(1) }, undefined, 'Wake web-1', 'Not finished'],
  ])('%o is "%s"', (over, times, title, state) => {
    const operation = anOperation(over)
    expect([operationTitle(operation), operationState(operation, times, NOW)]).toEqual([title, state])
  })
})

it('inOrder has the newest first, by its end where it has one', () => {
  const at = (uid: string, began: number, ended?: number) =>
    anOperation({ uid, began: ago(began), ended: ended === undefined ? null : ago(ended) })
  const { running, ended } = inOrder([at('a', 9), at('b', 3), at('c', 20, 1), at('d', 5, 4)])
  expect([running, ended].map((list) => list.map(({ uid }) => uid))).toEqual([
    ['b', 'a'],
    ['c', 'd'],
  ])
})
