import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../demo/random.ts'
import type { Random } from '../../demo/random.ts'
import { joinVm } from './join-vm.ts'
import { aCocoonSet, aHibernation, aPod, aVmNode } from './objects.fixture.ts'
import { projectHibernation } from './project-hibernation.ts'
import { projectNode } from './project-node.ts'
import { projectPod } from './project-pod.ts'
import { projectSet } from './project-set.ts'

/** Everything that JSON, and a careless caller besides, can put where something else belongs. */
const POISON: readonly unknown[] = [
  null,
  undefined,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e308,
  -1e308,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  ' ',
  '\0',
  '\u{d800}',
  '\u{dfff}x',
  'x'.repeat(100_000),
  '9'.repeat(100_000),
  '1e999999999',
  '1e-2147483000',
  'constructor',
  '__proto__',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-01-01T24:00:00Z',
  [],
  {},
  [[]],
  [null, 7, 'x'],
  Array.from({ length: 5_000 }, () => ({ type: 'Ready', status: 'True' })),
  new Date(0),
  new Date(Number.NaN),
  new Map([['a', 1]]),
  JSON.parse('{"__proto__": {"status": {"phase": "Running"}}, "constructor": 1}'),
  JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)),
  Object.create(null),
]

type Json = Record<string, unknown>
const isTree = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** Every place in an object, as the object that holds it and the key under which it does. */
function placesIn(value: Json, found: [Json, string][] = []): [Json, string][] {
  for (const key of Object.keys(value)) {
    found.push([value, key])
    const inner = value[key]
    if (isTree(inner) && !POISON.includes(inner)) placesIn(inner, found)
  }
  return found
}

function poisoned(sample: () => Json, random: Random): Json {
  const object = sample()
  const times = random.int(1, 4)
  for (let at = 0; at < times; at += 1) {
    const places = placesIn(object)
    const place = places[random.int(0, places.length - 1)]
    if (place !== undefined) place[0][place[1]] = POISON[random.int(0, POISON.length - 1)]
  }
  return object
}

const deleted = { deletionTimestamp: '2026-01-01T11:00:00Z', deletionGracePeriodSeconds: 30 }
const hint = { 'vm.cocoonstack.io/post-clone-hint': btoa('dhclient'), 'vm.cocoonstack.io/vnc-port': '5901' }
const SAMPLES: Record<string, [sample: () => Json, project: (object: unknown) => unknown]> = {
  pod: [() => aPod({ name: 'web-0', metadata: deleted, annotations: hint }), projectPod],
  set: [() => aCocoonSet('web', 'Running'), projectSet],
  hibernation: [() => aHibernation({ pod: 'web-0' }), projectHibernation],
  node: [() => aVmNode('n1'), projectNode],
}

const PLAIN = new Set(['string', 'number', 'boolean'])
/** Rows hold plain values only: nothing of the object's own survives in them. */
const isPlain = (value: unknown): boolean => {
  if (value === null || PLAIN.has(typeof value)) return !Number.isNaN(value)
  if (Array.isArray(value)) return value.every(isPlain)
  return typeof value === 'object' && Object.values(value).every(isPlain)
}

describe.each(Object.entries(SAMPLES))('a poisoned %s', (name, [sample, project]) => {
  it('costs its row some shine and nothing else', () => {
    const random = seededRandom(20_260_101).fork(name)
    for (let round = 0; round < 1_500; round += 1) {
      const row = project(poisoned(sample, random))
      expect(row === null || isPlain(row)).toBe(true)
      expect(JSON.stringify(row).length).toBeLessThan(60_000)
    }
    expect(({} as Json)['status']).toBeUndefined()
  })

  it('survives poison at every single place', () => {
    const count = placesIn(sample()).length
    for (let at = 0; at < count; at += 1) {
      for (const poison of POISON) {
        const object = sample()
        const place = placesIn(object)[at]
        if (place !== undefined) place[0][place[1]] = poison
        const row = project(object)
        expect(row === null || isPlain(row)).toBe(true)
      }
    }
  })

  it.each(POISON.map((poison, at) => [at, poison] as const))(
    'survives being poison number %i',
    (_, poison) => {
      const row = project(poison)
      expect(row === null || isPlain(row)).toBe(true)
    },
  )
})

it('joins poisoned pods and requests into rows, phase and all', () => {
  const random = seededRandom(7)
  let shown = 0
  for (let round = 0; round < 1_500; round += 1) {
    const pod = projectPod(poisoned(() => aPod({ name: 'web-0' }), random))
    const hibernation = projectHibernation(poisoned(() => aHibernation({ pod: 'web-0' }), random))
    const set = projectSet(poisoned(() => aCocoonSet('web', 'Migrating'), random))
    if (pod === null) continue
    shown += 1
    const vm = joinVm(pod, set, hibernation, null, 0)
    expect(isPlain(vm)).toBe(true)
    expect(joinVm(pod, set, hibernation, vm, 1)).toEqual(vm)
  }
  expect(shown).toBeGreaterThan(1_000)
})
