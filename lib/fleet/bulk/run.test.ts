import { describe, expect, it } from 'vitest'
import type { BulkLine, Problem } from '../writes/answer.ts'
import type { Candidate } from './candidates.ts'
import { reportCsv, reportText, summaryWords } from './report.ts'
import { batchesOf, cutOff, ended, heard, refusedWhole, retried, runOf } from './run.ts'
import type { BulkRun } from './run.ts'

const candidate = (name: string): Candidate => ({
  target: { uid: `uid-${name}`, namespace: 'ns', name },
  row: { kind: 'vm', uid: `uid-${name}`, namespace: 'ns', name },
  around: { set: '', vmName: '', main: '', mainVmName: '' },
  lack: null,
  verdict: { ok: true, warnings: [], notes: [] },
  write: () => null,
})

function aRun(doable: string[], skipped: string[] = []): BulkRun {
  return runOf(
    {
      doable: doable.map(candidate),
      skipped: skipped.length === 0 ? [] : [{ sentence: 'It sleeps.', members: skipped.map(candidate) }],
    },
    { id: 'key-1', action: 'hibernate', given: { count: 1, replicas: 0, node: '' }, startedAt: 0 },
  )
}

const started = (index: number): BulkLine => ({ index, state: 'started' })
const done = (index: number) => ({ index, state: 'done', answer: {} }) as BulkLine
const refused = (index: number, code: Problem['code'] = 'forbidden'): BulkLine => ({
  index,
  state: 'refused',
  problem: { status: 403, code, title: 'No', detail: `=not "${index}", ever` },
})
const FINISHED: BulkLine = { state: 'finished', done: 0, refused: 0, left: 0 }
const states = ({ outcomes }: BulkRun) => outcomes.map(({ state }) => state).join(' ')

/** A run of four, after these lines of the answer to its only batch. */
function after(...lines: BulkLine[]): BulkRun {
  const run = aRun(['a', 'b', 'c', 'd'])
  return batchesOf(run).reduce((now, batch) => heard(now, batch, lines), run)
}

describe('a run', () => {
  it.each([
    [[], 'waiting waiting waiting waiting'],
    [[started(1), started(0)], 'started started waiting waiting'],
    [[started(0), done(0), started(1)], 'done started waiting waiting'],
    [[refused(2)], 'waiting waiting refused waiting'],
    [[refused(2, 'outcome-unknown')], 'waiting waiting unknown waiting'],
    [[done(0), done(9)], 'done waiting waiting waiting'],
    [[done(0), refused(1), FINISHED], 'done refused stopped stopped'],
  ])('after %j is %s', (lines, expected) => {
    expect(states(after(...lines))).toBe(expected)
  })

  it('whose answer breaks off knows nothing of what it was not told', () => {
    const run = after(done(0), started(1))
    const [batch] = batchesOf(aRun(['a', 'b', 'c', 'd']))
    expect(batch && states(cutOff(run, batch, 'cut'))).toBe('done unknown unknown unknown')
    expect(batch && states(refusedWhole(run, batch, { title: 'No' }))).toBe('done refused refused refused')
  })

  it('that ends leaves nothing waiting', () => {
    expect(states(ended(after(done(0)), 5))).toBe('done stopped stopped stopped')
    expect(ended(after(), 5)).toMatchObject({ endedAt: 5, stopping: false })
  })

  it('asks anew for what was refused, and goes on with what is unknown', () => {
    const run = ended(after(done(0), refused(1), refused(2, 'outcome-unknown'), FINISHED), 5)
    const again = retried(run, 'failed', 'key-2')
    expect(states(again)).toBe('done waiting waiting stopped')
    expect(again.endedAt).toBeNull()
    expect(batchesOf(again)).toEqual([
      { key: 'key-2', places: [1] },
      { key: 'key-1', places: [2] },
    ])
    expect(batchesOf(retried(run, 'stopped', 'key-2'))).toEqual([{ key: 'key-1', places: [3] }])
    const without = new Map([['uid-d', 'You may not.']])
    expect(batchesOf(retried(run, 'stopped', 'key-2', without))).toEqual([])
  })

  it('goes in requests of a thousand, or fewer where names are long', () => {
    const many = (length: number, name: (at: number) => string) =>
      batchesOf(aRun(Array.from({ length }, (_, at) => name(at)))).map(({ places }) => places.length)
    expect(many(2_001, (at) => `vm-${at}`)).toEqual([1_000, 1_000, 1])
    expect(many(1_000, (at) => `${at}-${'x'.repeat(200)}`).length).toBeGreaterThan(1)
  })

  it('never asks for what was skipped', () => {
    const run = aRun(['a'], ['b'])
    expect(batchesOf(run)).toEqual([{ key: 'key-1', places: [0] }])
    expect(states(ended(run, 1))).toBe('stopped skipped')
  })
})

describe('the result', () => {
  const run = ended(heard(aRun(['a', 'b'], ['c']), { key: '', places: [0, 1] }, [done(0), refused(1)]), 1)

  it('is summed up', () => {
    expect(summaryWords(run)).toBe('1 accepted, 1 refused, 1 skipped')
  })

  it('is a text to paste', () => {
    expect(reportText(run).split('\n')).toEqual([
      'Hibernate 2 VMs (1970-01-01T00:00:00.000Z): 1 accepted, 1 refused, 1 skipped',
      'accepted\tns/a',
      'refused\tns/b\t=not "1", ever',
      'skipped\tns/c\tIt sleeps.',
    ])
  })

  it('is a table in which nothing is a formula', () => {
    expect(reportCsv(run).split('\r\n')).toEqual([
      'namespace,name,uid,action,result,code,why',
      'ns,a,uid-a,hibernate,done,,',
      `ns,b,uid-b,hibernate,refused,forbidden,"'=not ""1"", ever"`,
      'ns,c,uid-c,hibernate,skipped,,It sleeps.',
      '',
    ])
  })
})
