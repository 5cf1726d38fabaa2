import { describe, expect, it } from 'vitest'
import type { Refusal } from './refusal.ts'
import { nextAction, type Action, type Outcome, type Phase } from './reflector-policy.ts'

const refused = (status: number, more: Partial<Refusal> = {}): Outcome => ({
  kind: 'refused',
  refusal: {
    status,
    reason: '',
    words: 'because',
    message: '',
    causes: [],
    retryAfterMs: 0,
    tooLarge: false,
    ...more,
  },
})

type Row = [string, Outcome, Phase, Partial<Action>, number?]

const ROWS: Row[] = [
  ['a list is done', { kind: 'listed' }, 'list', { next: 'watch', wait: 'none', message: '' }],
  ['a busy watch fell quiet', { kind: 'quiet' }, 'watch', { next: 'watch', wait: 'none', message: '' }],
  [
    'a watch ended in time',
    { kind: 'ended', healthy: true },
    'watch',
    { next: 'watch', wait: 'none', message: '' },
  ],
  ['a watch ended early', { kind: 'ended', healthy: false }, 'watch', { next: 'watch', wait: 'backoff' }],
  [
    'a streamed list ended early',
    { kind: 'ended', healthy: false },
    'list',
    { next: 'list', wait: 'backoff' },
  ],
  ['a watch was cut', { kind: 'cut', why: 'x' }, 'watch', { next: 'watch', wait: 'backoff' }],
  ['a list was cut', { kind: 'cut', why: 'x' }, 'quorum-list', { next: 'quorum-list', wait: 'backoff' }],
  ['a watch fell silent', { kind: 'silent' }, 'watch', { next: 'watch', wait: 'none' }],
  ['a frame was bad', { kind: 'bad-frame', why: 'x' }, 'watch', { next: 'list', wait: 'backoff' }],
  [
    'streams are unknown',
    { kind: 'no-streaming' },
    'quorum-list',
    { next: 'quorum-list', wait: 'none', message: '' },
  ],
  ['a list was older', { kind: 'older-list' }, 'list', { next: 'quorum-list', wait: 'backoff' }],
  ['an audit differed', { kind: 'diverged' }, 'watch', { next: 'quorum-list', wait: 'none' }],
  ['410 on a watch', refused(410), 'watch', { next: 'list', wait: 'backoff' }],
  ['410 on a list', refused(410), 'list', { next: 'quorum-list', wait: 'backoff' }],
  ['410 on a continuation', refused(410), 'quorum-list', { next: 'quorum-list', wait: 'backoff' }],
  ['too large', refused(504, { tooLarge: true }), 'list', { next: 'quorum-list', wait: 'backoff' }],
  [
    'too large on a watch',
    refused(500, { tooLarge: true }),
    'watch',
    { next: 'quorum-list', wait: 'backoff' },
  ],
  ['400 on a watch', refused(400), 'watch', { next: 'quorum-list', wait: 'backoff' }],
  ['the first 401', refused(401), 'watch', { next: 'watch', wait: 'backoff', state: undefined }],
  ['a second 401', refused(401), 'watch', { next: 'watch', wait: 'slow', state: 'forbidden' }, 1],
  ['403 on a list', refused(403), 'quorum-list', { next: 'quorum-list', wait: 'slow', state: 'forbidden' }],
  ['403 on a watch', refused(403), 'watch', { next: 'watch', wait: 'slow', state: 'forbidden' }],
  ['404', refused(404), 'quorum-list', { next: 'quorum-list', wait: 'slow', state: 'missing' }],
  [
    '429',
    refused(429, { retryAfterMs: 4_000 }),
    'watch',
    { next: 'watch', wait: 'backoff', atLeastMs: 4_000 },
  ],
  ...[302, 406, 408, 409, 500, 502, 503, 504].map((status): Row => [
    String(status),
    refused(status),
    'watch',
    { next: 'watch', wait: 'backoff', state: undefined },
  ]),
]

describe('what a reflector does next', () => {
  it.each(ROWS)('when: %s', (_, outcome, phase, expected, failures = 0) => {
    const action = nextAction(outcome, { resource: 'pods', phase, failures })
    expect({ ...action, state: action.state }).toMatchObject(expected)
  })

  it('says what happened, to what, and what is done about it', () => {
    const messages = ROWS.map(
      ([, outcome, phase, , failures = 1]) =>
        nextAction(outcome, { resource: 'pods', phase, failures }).message,
    )
    for (const message of messages.filter((text) => text !== ''))
      expect(message).toMatch(/^(?=.*pods|.*credentials).*[a-z.]\.$/)
    expect(nextAction(refused(403), { resource: 'nodes', phase: 'watch', failures: 0 }).message).toBe(
      'The dashboard may not list and watch nodes (HTTP 403, because); grant it both verbs.',
    )
    expect(
      nextAction(refused(500, { words: '' }), { resource: 'pods', phase: 'list', failures: 0 }).message,
    ).toBe('The API server did not answer for pods (HTTP 500); trying again.')
  })
})
