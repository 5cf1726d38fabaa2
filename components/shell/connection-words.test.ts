import { describe, expect, it } from 'vitest'
import { WATCHED_RESOURCES } from '../../lib/fleet/freshness.ts'
import type { Freshness, WatchState } from '../../lib/fleet/freshness.ts'
import { connectionTrouble, vmsAreKnown } from './connection-words.ts'

describe('connectionTrouble', () => {
  it.each([
    ['live', 'ignored', ''],
    ['connecting', '', 'Waiting for the first answer.'],
    ['stale', 'connect ECONNREFUSED 10.0.0.1:6443', 'connect ECONNREFUSED 10.0.0.1:6443.'],
    ['stale', '', 'The cluster’s API has stopped answering, so this may be out of date.'],
    [
      'lost',
      'Failed to fetch.',
      'The dashboard’s server cannot be reached: Failed to fetch. The page keeps trying.',
    ],
    ['lost', '', 'The dashboard’s server cannot be reached. The page keeps trying.'],
  ] as const)('%s with "%s"', (state, message, expected) => {
    expect(connectionTrouble({ state, message, refusal: null })).toBe(expected)
  })

  it.each([
    ['signed-out', 'You are signed out.', 'You are signed out.'],
    ['refused', 'Nothing is known yet', 'Nothing is known yet. The page keeps trying.'],
  ] as const)('%s, in the words of the server', (refusal, message, expected) => {
    expect(connectionTrouble({ state: 'lost', message, refusal })).toBe(expected)
  })
})

describe('vmsAreKnown', () => {
  const pods = (state: WatchState) =>
    Object.fromEntries(
      WATCHED_RESOURCES.map((name) => [
        name,
        { state: name === 'pods' ? state : 'live', provenAt: 1, message: '' },
      ]),
    ) as Freshness
  it.each([
    [true, pods('live'), true],
    [true, pods('stale'), true],
    [true, pods('starting'), false],
    [true, pods('forbidden'), false],
    [false, pods('live'), false],
    [true, null, false],
  ])('loaded %s', (loaded, freshness, expected) => {
    expect(vmsAreKnown(loaded, freshness)).toBe(expected)
  })
})
