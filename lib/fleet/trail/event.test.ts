import { describe, expect, it } from 'vitest'
import { trailCsv } from './csv.ts'
import { trailEntryOf, whoOf } from './entry.ts'
import type { TrailEntry } from './entry.ts'
import { eventNews, eventOf, sameDeed } from './event.ts'
import { fitsTrail, NO_TRAIL_FILTER, trailChoices } from './filter.ts'
import { aRecord } from './record.fixture.ts'

const TARGET = { resource: 'pods', namespace: 'team-a', name: 'web-0', uid: 'uid-web-0' } as const
const eventFor = (record = aRecord()): Record<string, unknown> =>
  eventOf(record, TARGET, 'web-0.1', 'dashboard-1')
const entryFor = (record = aRecord()) => trailEntryOf(eventFor(record))

describe('an Event', () => {
  it('is what kubectl describe shows of the object', () => {
    expect(eventFor()).toMatchObject({
      apiVersion: 'v1',
      metadata: { namespace: 'team-a' },
      involvedObject: { kind: 'Pod', apiVersion: 'v1', name: 'web-0', uid: 'uid-web-0' },
      type: 'Normal',
      reason: 'HibernateRequested',
      action: 'hibernate',
      message: 'dana asked it to hibernate.',
      reportingComponent: 'cocoon-dashboard',
      count: 1,
      firstTimestamp: '2026-11-23T12:00:07Z',
    })
    expect(eventFor(aRecord({ result: 'refused', code: 'forbidden' }))).toMatchObject({
      type: 'Warning',
      reason: 'HibernateRefused',
    })
  })

  it('tells all of the record to whoever reads it back', () => {
    const { target: _, ...record } = aRecord({ result: 'refused', code: 'conflict' })
    const { at, ...rest } = record
    expect(entryFor(aRecord({ result: 'refused', code: 'conflict' }))).toMatchObject({
      ...rest,
      at: '2026-11-23T12:00:07.000Z',
      kind: 'Pod',
      namespace: 'team-a',
      name: 'web-0',
      count: 1,
    })
    expect(at).toBe('2026-11-23T12:00:07.250Z')
  })

  it('has a message that the API server takes, whatever a name is made of', () => {
    const { message } = eventNews(aRecord({ who: '🦋'.repeat(512) }), 1)
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1_024)
  })

  it('is the same only for the same person, deed, object and result', () => {
    const key = sameDeed(aRecord())
    expect(sameDeed(aRecord({ at: '2026-11-23T13:00:00.000Z', requestId: 'other', from: '::1' }))).toBe(key)
    const others = [
      { who: 'eve' },
      { action: 'wake' as const },
      { result: 'refused' as const, code: 'forbidden' },
      { target: { ...TARGET, uid: 'uid-other' } },
    ]
    for (const other of others) expect(sameDeed(aRecord(other))).not.toBe(key)
  })
})

describe('what strangers wrote', () => {
  it.each([
    {},
    { metadata: null, involvedObject: 7, count: 'many' },
    { metadata: { annotations: { 'cocoon-dashboard/action': 'drop', 'cocoon-dashboard/result': 7 } } },
    { reportingComponent: 'cocoon-dashboard', lastTimestamp: 'yesterday', message: ['x'] },
    { metadata: { annotations: { 'cocoon-dashboard/ms': '-1e9' } } },
  ])('is read without an error: %o', (event) => {
    expect(trailEntryOf(event)).toMatchObject({ action: '', result: '', count: 1, at: '', durationMs: null })
  })

  it('names nobody unless the dashboard reports it', () => {
    expect(whoOf(eventFor())).toBe('dana')
    expect(whoOf({ ...eventFor(), reportingComponent: 'kubelet' })).toBe('')
  })
})

const NOW = Date.parse('2026-11-23T12:10:00Z')

describe('a filter', () => {
  const fits = (more: object) => fitsTrail(entryFor(), { ...NO_TRAIL_FILTER, ...more }, NOW)

  it.each([
    [{}, true],
    [{ who: 'dana' }, true],
    [{ who: 'dan' }, false],
    [{ action: 'hibernate' }, true],
    [{ action: 'wake' }, false],
    [{ namespace: 'team-b' }, false],
    [{ object: 'pod/web' }, true],
    [{ object: 'web-1' }, false],
    [{ result: 'refused' }, false],
    [{ span: '15m' }, true],
    [{ span: '5m' }, false],
    [{ text: 'DANA web-0' }, true],
    [{ text: 'dana web-1' }, false],
    [{ text: 'request-1' }, true],
  ])('%o: %s', (filter, expected) => {
    expect(fits(filter)).toBe(expected)
  })

  it('offers what there is', () => {
    const entries = [entryFor(), entryFor(aRecord({ who: 'ann', action: 'wake', result: 'failed' }))]
    expect(trailChoices(entries)).toEqual({
      who: ['ann', 'dana'],
      namespaces: ['team-a'],
      actions: ['hibernate', 'wake'],
      results: ['done', 'failed'],
    })
  })
})

describe('CSV', () => {
  const line = (entry: Partial<TrailEntry>) => trailCsv([{ ...entryFor(), ...entry }]).split('\r\n')

  it('has a head, one line for each, and ends with a line', () => {
    const lines = line({})
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^at,since,count,who,/)
    expect(lines[1]).toContain(',dana,token,hibernate,Pod,team-a,web-0,')
    expect(lines[2]).toBe('')
  })

  it.each([
    ['=1+1', `'=1+1`],
    ['+49', `'+49`],
    ['-2', `'-2`],
    ['@SUM(A1)', `'@SUM(A1)`],
    [' =cmd', `' =cmd`],
    ['\uFF1D1', `'\uFF1D1`],
    ['\t=1', `'\t=1`],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['=a"b', `"'=a""b"`],
  ])('writes %j as %j', (who, expected) => {
    expect(line({ who })[1]).toContain(`,${expected},token,`)
  })

  it('keeps a name of two lines in one field', () => {
    expect(trailCsv([{ ...entryFor(), who: 'a\r\nb' }])).toContain('"a\r\nb"')
  })
})
