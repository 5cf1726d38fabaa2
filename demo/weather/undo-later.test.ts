import { expect, it } from 'vitest'
import { apiError } from '../client/api-error.ts'
import { manualClock } from '../clock.ts'
import { undoLater } from './undo-later.ts'

const refused = (status: number) => apiError(status, { reason: 'No', message: 'no' }, 'PATCH /x')

it('keeps a subject busy until its task is done', async () => {
  const clock = manualClock()
  const held = undoLater(clock, () => {})
  const done: string[] = []
  held.later('team/web-1', 100, async () => void done.push('undone'))
  expect([held.isBusy('team/web-1'), held.isBusyBelow('team/web-'), held.count()]).toEqual([true, true, 1])
  await clock.advance(100)
  expect(done).toEqual(['undone'])
  expect([held.isBusy('team/web-1'), held.isBusyBelow('team/web-'), held.count()]).toEqual([false, false, 0])
})

it('keeps a subject busy while a change of it is under way, and after one that failed no longer', async () => {
  const held = undoLater(manualClock(), () => {})
  const answer = Promise.withResolvers<string>()
  const work = held.during('team/web-1', () => answer.promise)
  expect([held.isBusy('team/web-1'), held.isBusyBelow('team/web-'), held.count()]).toEqual([true, true, 0])
  answer.reject(new Error('refused'))
  await expect(work).rejects.toThrow('refused')
  expect([held.isBusy('team/web-1'), held.isBusyBelow('team/web-')]).toEqual([false, false])
})

it('stays busy when the task puts something off', async () => {
  const clock = manualClock()
  const held = undoLater(clock, () => {})
  held.later('a', 100, async () => held.later('a', 100, async () => {}))
  await clock.advance(100)
  expect(held.isBusy('a')).toBe(true)
  await clock.advance(100)
  expect(held.isBusy('a')).toBe(false)
})

it.each([
  [409, 2, []],
  [404, 1, []],
  [500, 1, ['weather: PATCH /x: 500 No: no']],
])('meets %i by %i tries', async (status, tries, lines) => {
  const clock = manualClock()
  const log: string[] = []
  const held = undoLater(clock, (text) => void log.push(text))
  let tried = 0
  held.later('a', 100, async () => {
    tried++
    if (tried === 1) throw refused(status)
  })
  await clock.advance(60_000)
  expect(tried).toBe(tries)
  expect(log).toEqual(lines)
})
