import { describe, expect, it } from 'vitest'
import { ago } from '../../lib/fleet/arrange.fixture.ts'
import { anOperation } from '../../lib/fleet/operations/operation.fixture.ts'
import type { Operation } from '../../lib/fleet/operations/operation.ts'
import { noticesDue } from './notices-due.ts'

const WATCHED = [{ uid: 'o1', title: 'Wake web-1' }]

const due = (operation: Partial<Operation> | null, settled = true) =>
  noticesDue(WATCHED, new Map(operation === null ? [] : [['o1', anOperation(operation)]]), settled)

describe('noticesDue', () => {
  it.each<[string, Partial<Operation>, string, string]>([
    ['is done', { result: 'done', ended: ago(0), took: 6_000 }, 'Wake web-1 is done after 6 s', ''],
    ['is done, from a beginning nobody saw', { result: 'done', ended: ago(0) }, 'Wake web-1 is done', ''],
    ['failed', { result: 'failed', ended: ago(0), message: 'no tag' }, 'Wake web-1 failed', 'no tag'],
    [
      'was dropped',
      { result: 'dropped', ended: ago(0), message: 'Its pod went before.' },
      'Wake web-1 was not finished',
      'Its pod went before.',
    ],
  ])('tells once of one that %s', (_, operation, title, body) => {
    expect(due(operation)).toEqual({ due: [{ uid: 'o1', title, body }], left: [] })
  })

  it('waits for what runs, and for what may still be listed', () => {
    expect(due({})).toEqual({ due: [], left: WATCHED })
    expect(due(null, false)).toEqual({ due: [], left: WATCHED })
  })

  it('says that it does not know how one ended that is not listed any more', () => {
    expect(due(null).due).toMatchObject([{ body: 'How it ended is not known any more: look at it.' }])
  })
})
