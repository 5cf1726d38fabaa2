import { expect, it } from 'vitest'
import { createOpenStreams } from './open-streams.ts'

it('lets everybody have so many, whatever others have', () => {
  const streams = createOpenStreams(2)
  expect([streams.enter('a'), streams.enter('a')]).not.toContain(null)
  expect(streams.enter('a')).toBeNull()
  expect(streams.enter('b')).not.toBeNull()
  expect(streams.count()).toBe(3)
})

it('counts one that ended once, however often that is said', () => {
  const streams = createOpenStreams(1)
  const leave = streams.enter('a')
  leave?.()
  leave?.()
  expect(streams.count()).toBe(0)
  const again = streams.enter('a')
  leave?.()
  expect(streams.enter('a')).toBeNull()
  again?.()
  expect(streams.enter('a')).not.toBeNull()
})
