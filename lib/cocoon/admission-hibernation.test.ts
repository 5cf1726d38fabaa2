import { expect, it } from 'vitest'
import { validateCocoonHibernation } from './admission-hibernation.ts'
import type { CocoonHibernation } from './crd.ts'
import type { ObjectMeta } from './kube-json.ts'

const request = (name: string, pod: string, metadata: ObjectMeta = {}): CocoonHibernation => ({
  metadata: { namespace: 'n', name, ...metadata },
  spec: { podRef: { name: pod }, desire: 'Hibernate' },
})

it.each<[string, CocoonHibernation, CocoonHibernation[], string[]]>([
  ['the first of its pod', request('p', 'p'), [], []],
  ['one beside those of other pods', request('p', 'p'), [request('q', 'q')], []],
  ['one beside that of a namesake elsewhere', request('p', 'p'), [request('p', 'p', { namespace: 'm' })], []],
  ['itself', request('p', 'p', { uid: 'u' }), [request('p', 'p', { uid: 'u' })], []],
  [
    'one with a name of its own',
    request('a', 'p'),
    [],
    ['metadata.name: metadata.name "a" must equal spec.podRef.name "p"'],
  ],
  [
    'a second one',
    request('p', 'p'),
    [request('old', 'p')],
    ['spec.podRef.name: pod "p" already has a live CocoonHibernation "old"; flip its spec.desire'],
  ],
  [
    'one whose forerunner lingers',
    request('p', 'p'),
    [request('p', 'p', { deletionTimestamp: '2026-07-01T10:00:00Z' })],
    ['spec.podRef.name: pod "p" has a CocoonHibernation "p" that is still terminating; retry'],
  ],
  [
    'one with both faults',
    request('a', 'p'),
    [request('p', 'p')],
    ['metadata.name: metadata.name "a"', 'spec.podRef.name: pod "p" already has'],
  ],
  ['one without a pod', { metadata: { name: 'a' } }, [{}], ['metadata.name: metadata.name "a" must equal']],
])('judges %s', (_, hibernation, others, expected) => {
  const errors = validateCocoonHibernation(hibernation, others)
  const found = errors.map(({ field, message }) => `${field}: ${message}`)
  expect(found).toEqual(expected.map((start) => expect.stringContaining(start)))
})
