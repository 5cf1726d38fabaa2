import { expect, it } from 'vitest'
import { createDeeds } from './deeds.ts'

it('tells of a deletion where it was, and nobody who asks of another namespace by its uid', () => {
  const deeds = createDeeds(() => 0)
  deeds.add('team-a', 'uid-1', 'restart')
  expect(deeds.of('team-a', 'uid-1')).toEqual({
    action: 'restart',
    who: 'cocoon-dashboard',
    when: '1970-01-01T00:00:00.000Z',
  })
  expect([deeds.of('team-b', 'uid-1'), deeds.of('', 'uid-1'), deeds.of('team-a', 'uid-2')]).toEqual(
    Array.from({ length: 3 }, () => undefined),
  )
})
