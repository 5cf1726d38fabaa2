import { describe, expect, it } from 'vitest'
import { CLOSE_REASONS } from '../../../lib/fleet/console/close-codes.ts'
import type { ConsoleEnd } from '../../../lib/fleet/console/close-codes.ts'
import { pageEnd, serverEnd } from './console-ends.ts'
import type { Ended } from './console-ends.ts'
import { CLOSED, nextState } from './console-state.ts'
import type { ConsoleEvent, ConsoleState } from './console-state.ts'

const OPEN: ConsoleState = { at: 'open', since: 5 }
const OPENING: ConsoleState = { at: 'opening', attempt: 2 }
const ASKED: ConsoleState = { at: 'credentials', fields: ['password'], refusal: null, live: true }

const ended = (end: Ended, attempt = 0): ConsoleEvent => ({
  type: 'ended',
  end,
  attempt,
  now: 1_000,
  waitMs: 500,
})

describe('an end of the connection', () => {
  const AFTER: Record<ConsoleEnd, ConsoleState['at']> = {
    'target-refused': 'over',
    'not-rfb': 'over',
    unreachable: 'waiting',
    'vm-gone': 'over',
    'vm-moved': 'over',
    hibernating: 'over',
    'rights-gone': 'over',
    idle: 'over',
    'time-limit': 'over',
    'too-slow': 'waiting',
    'shell-ended': 'over',
    'shell-refused': 'over',
    'shell-fault': 'over',
    'too-many': 'over',
    'taken-over': 'over',
    'guest-closed': 'waiting',
    'server-shutdown': 'waiting',
    'cluster-silent': 'waiting',
    'not-opened': 'over',
    lost: 'waiting',
  }
  it.each([...CLOSE_REASONS, 'not-opened', 'lost'] as const)('by %s', (cause) => {
    expect(nextState(OPEN, ended(serverEnd(cause))).at).toBe(AFTER[cause])
  })

  it.each(['left', 'own-window', 'refused', 'auth-failed', 'broken', 'still-answers'] as const)(
    'that the page found, %s, waits for a person',
    (cause) => {
      expect(nextState(OPEN, ended(pageEnd(cause))).at).toBe('over')
    },
  )

  it('counts the tries and says when the next one is', () => {
    expect(nextState(OPENING, ended(serverEnd('lost'), 2))).toMatchObject({
      at: 'waiting',
      attempt: 3,
      until: 1_500,
    })
  })
})

describe('the other steps', () => {
  it.each<[string, ConsoleState, ConsoleEvent, Partial<ConsoleState>]>([
    ['opens', CLOSED, { type: 'open' }, { at: 'opening', attempt: 0 }],
    ['has a picture', OPENING, { type: 'opened', now: 9 }, { at: 'open', since: 9 }],
    ['asks', OPENING, { type: 'credentials', fields: ['password'] }, { ...ASKED }],
    ['goes on with an answer', ASKED, { type: 'answered' }, { at: 'opening' }],
    [
      'asks again on a connection that is gone',
      OPENING,
      { type: 'credentials-refused', fields: ['password'], refusal: 'no' },
      { at: 'credentials', refusal: 'no', live: false },
    ],
    ['shows a key', OPENING, { type: 'identity', fingerprint: 'ab' }, { at: 'identity' }],
    [
      'tries again',
      { at: 'waiting', end: serverEnd('lost'), attempt: 3, until: 0 },
      { type: 'retry' },
      { at: 'opening', attempt: 3 },
    ],
    [
      'opens when the VM is ready, after a while',
      { at: 'over', end: serverEnd('hibernating'), attempt: 0 },
      { type: 'ready', now: 10, waitMs: 5 },
      { at: 'waiting', attempt: 1, until: 15 },
    ],
  ])('%s', (_, before, event, after) => {
    expect(nextState(before, event)).toMatchObject(after)
  })

  it.each<[string, ConsoleState, ConsoleEvent]>([
    ['a late picture', CLOSED, { type: 'opened', now: 1 }],
    ['a late question', OPEN, { type: 'credentials', fields: ['password'] }],
    ['a retry of what is open', OPEN, { type: 'retry' }],
    ['an answer that nobody asked for', OPEN, { type: 'answered' }],
    [
      'a ready VM whose console somebody took over',
      { at: 'over', end: serverEnd('taken-over'), attempt: 0 },
      { type: 'ready', now: 1, waitMs: 1 },
    ],
  ])('%s changes nothing', (_, before, event) => {
    expect(nextState(before, event)).toBe(before)
  })
})
