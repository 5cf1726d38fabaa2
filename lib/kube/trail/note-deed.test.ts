import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { family, startActionBench } from '../../../e2e/promises/bench-actions.ts'
import type { ActionBench, Dashboard } from '../../../e2e/promises/bench-actions.ts'
import type { ProblemCode } from '../../fleet/writes/answer.ts'
import { Refused } from '../problem.ts'
import { outcomeOf } from './note-deed.ts'
import { noteLogger } from './note-logger.fixture.ts'

const refused = (status: number, code: ProblemCode) => new Refused({ status, code, title: '', detail: '' })

describe('what came of it', () => {
  it.each([
    [null, 'done', ''],
    [refused(403, 'forbidden'), 'refused', 'forbidden'],
    [refused(409, 'conflict'), 'refused', 'conflict'],
    [refused(503, 'unavailable'), 'failed', 'unavailable'],
    [refused(504, 'outcome-unknown'), 'unknown', 'outcome-unknown'],
    [new Error('secret words of a fault'), 'failed', 'fault'],
  ])('of %o is %s', (error, result, code) => {
    expect(outcomeOf(error)).toEqual({ result, code })
  })
})

describe('deeds on many', () => {
  const NAMES = ['a', 'b', 'c', 'd']
  const note = noteLogger()
  let bench: ActionBench
  let dashboard: Dashboard
  beforeAll(async () => {
    bench = await startActionBench(NAMES.flatMap((name) => Object.values(family(name))))
    dashboard = await bench.dashboard(undefined, note.logger)
  })
  afterAll(() => bench.close())
  const targets = [...NAMES, 'gone'].map((name) => ({ namespace: 'team', name, uid: `set-${name}` }))
  const scale = (query: string, key: string) =>
    dashboard.call(
      'POST',
      `/api/bulk${query}`,
      { action: 'scale-set', targets, replicas: 2 },
      {
        'idempotency-key': key,
      },
    )
  const told = () => note.lines().map(({ target, result, code }) => ({ target, result, code }))

  it('are a record for each target, and one only however often they are sent', async () => {
    await scale('?dryRun=true', 'k1')
    expect(told().map(({ result }) => result)).toEqual(targets.map(() => 'tried'))
    await scale('', 'k2')
    await scale('', 'k2')
    const done = told().slice(targets.length)
    expect(done.filter(({ result }) => result === 'done')).toHaveLength(NAMES.length)
    expect(done.filter(({ result }) => result === 'refused')).toMatchObject([
      { target: { resource: 'cocoonsets', namespace: 'team', name: 'gone' }, code: 'not-found' },
    ])
    expect(new Set(done.map(({ target }) => JSON.stringify(target))).size).toBe(targets.length)
    expect(done).toHaveLength(targets.length)
  })
})
