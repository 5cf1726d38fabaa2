import { expect, it } from 'vitest'
import { ALL_SIGHT, NO_SIGHT, sees, seesAny, sightOf } from './sight.ts'
import type { Seen } from './sight.ts'

const of = (...namespaces: string[]): Seen => new Set(namespaces)
const podsIn = (pods: Seen) => sightOf({ ...NO_SIGHT, pods })

it('sees what its namespaces hold, and everything when it is of the whole cluster', () => {
  expect(sees('all', 'team-a')).toBe(true)
  expect(sees(of('team-a'), 'team-a')).toBe(true)
  expect(sees(of('team-a'), 'team-b')).toBe(false)
  expect(sees(of(), '')).toBe(false)
  expect(['all' as const, of('team-a'), of()].map(seesAny)).toEqual([true, true, false])
})

it('gives sights of the same one key, in whatever order they were found', () =>
  expect(podsIn(of('team-b', 'team-a')).key).toBe(podsIn(of('team-a', 'team-b')).key))

const different = [
  ALL_SIGHT,
  NO_SIGHT,
  podsIn('all'),
  podsIn(of('all')),
  podsIn(of('team-a')),
  podsIn(of('team-a', 'team-b')),
  podsIn(of('team-a","team-b')),
  podsIn(of('team-a,team-b')),
  sightOf({ ...NO_SIGHT, cocoonsets: of('team-a') }),
  sightOf({ ...NO_SIGHT, cocoonhibernations: of('team-a') }),
  sightOf({ ...NO_SIGHT, nodes: true }),
]
it('gives sights that differ keys that differ', () =>
  expect(new Set(different.map(({ key }) => key)).size).toBe(different.length))
