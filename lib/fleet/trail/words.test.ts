import { expect, it } from 'vitest'
import { aRecord } from './record.fixture.ts'
import { TRAIL_ACTIONS, TRAIL_RESULTS } from './record.ts'
import { reasonOf, sentenceOf } from './words.ts'

const reason = (action: (typeof TRAIL_ACTIONS)[number], result: (typeof TRAIL_RESULTS)[number] = 'done') =>
  reasonOf({ action, result })

it.each([
  ['hibernate', 'done', 'HibernateRequested'],
  ['wake', 'done', 'WakeRequested'],
  ['fork', 'refused', 'ForkRefused'],
  ['delete-set', 'failed', 'DeleteSetFailed'],
  ['scale', 'unknown', 'ScaleUnknown'],
  ['open-console', 'done', 'ConsoleOpened'],
  ['close-console', 'done', 'ConsoleClosed'],
  ['open-terminal', 'refused', 'TerminalRefused'],
] as const)('%s that is %s is %s', (action, result, expected) => {
  expect(reason(action, result)).toBe(expected)
})

it('has one word as the reason of every action and result, and none for two actions', () => {
  const all = TRAIL_ACTIONS.flatMap((action) => TRAIL_RESULTS.map((result) => reasonOf({ action, result })))
  for (const each of all) expect(each).toMatch(/^[A-Z][A-Za-z]{1,127}$/)
  const done = TRAIL_ACTIONS.map((action) => reason(action))
  expect(new Set(done).size).toBe(done.length)
})

it.each([
  [{}, 'dana asked it to hibernate.'],
  [{ action: 'scale', detail: 'to 3 sub-agents' }, 'dana scaled it (to 3 sub-agents).'],
  [{ who: 'the dashboard', means: 'dashboard' }, 'Somebody who did not sign in asked it to hibernate.'],
  [{ result: 'refused', code: 'forbidden' }, 'dana asked it to hibernate, and was refused (forbidden).'],
  [{ result: 'failed', code: 'unavailable' }, 'dana asked it to hibernate, and it failed (unavailable).'],
  [
    { result: 'unknown', code: 'outcome-unknown' },
    'dana asked it to hibernate, and whether it was done is not known.',
  ],
  [
    { action: 'delete-vm', result: 'refused', code: 'forbidden' },
    'dana wanted to delete it, and was refused (forbidden).',
  ],
  [{ result: 'tried' }, 'dana asked it to hibernate, as a trial without effect.'],
  [
    {
      action: 'close-console',
      code: 'idle',
      durationMs: 3_600_000,
      traffic: { sent: 900, received: 4_194_304 },
    },
    'dana closed its screen after 1 h (idle): 900 B sent, 4 MiB received.',
  ],
] as const)('says %o as: %s', (more, sentence) => {
  expect(sentenceOf(aRecord(more))).toBe(sentence)
})
