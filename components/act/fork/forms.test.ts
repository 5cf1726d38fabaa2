import { describe, expect, it } from 'vitest'
import { aSet, aVm } from '../../../lib/fleet/arrange.fixture.ts'
import type { Wish } from '../act.ts'
import { NO_WISH } from '../first-wish.ts'
import type { Rows } from '../subject-of.ts'
import { serverWords } from './field-words.ts'
import { wishFlaws } from './wish-flaws.ts'

const web = aSet('web', { namespace: 'lab' })
const lone = aVm({ name: 'lone', namespace: 'lab' })
const ROWS: Rows = {
  vms: new Map([[lone.uid, lone]]),
  sets: new Map([[web.uid, web]]),
  nodes: new Map(),
}
const NOWHERE = 'namespaces "qa" not found.'
const GOOD = { name: 'copy', namespace: 'lab', replicas: 2, nodePool: 'default' }

describe('wishFlaws', () => {
  it.each<[Partial<Wish['intoSet']>, object]>([
    [{}, {}],
    [{ name: 'web' }, { name: 'There is a set web in lab already.' }],
    [{ name: 'web', namespace: 'qa' }, {}],
    [{ name: 'Web' }, { name: 'Small letters only.' }],
    [{ namespace: '' }, { namespace: 'It needs a namespace.' }],
    [{ replicas: Number.NaN }, { replicas: 'A whole number from 0 to 256.' }],
    [{ replicas: 257 }, { replicas: 'A whole number from 0 to 256.' }],
    [{ nodePool: 'a b' }, { nodePool: 'Letters, digits, -, _ and . only.' }],
  ])('of a new set with %o are %o', (over, flaws) => {
    expect(wishFlaws('intoSet', { ...NO_WISH, intoSet: { ...GOOD, ...over } }, 'lab', ROWS)).toEqual(flaws)
  })

  it.each([
    ['spare', 'lab', {}],
    ['lone', 'lab', { name: 'There is a VM lone in lab already.' }],
    ['lone', 'qa', {}],
    ['', 'lab', { name: 'It needs a name.' }],
  ])('of a pod "%s" in %s are %o', (pod, namespace, flaws) => {
    expect(wishFlaws('pod', { ...NO_WISH, pod }, namespace, ROWS)).toEqual(flaws)
  })

  it('are none where nothing is typed', () => {
    expect(wishFlaws('count', NO_WISH, 'lab', ROWS)).toEqual({})
  })
})

describe('serverWords', () => {
  const causes = [
    { field: 'intoSet.name', message: 'is no name' },
    { field: 'spec.agent.replicas', message: 'is too many' },
  ]
  it.each([
    ['name', { causes }, 'is no name'],
    ['replicas', { causes }, 'is too many'],
    ['namespace', { causes }, ''],
    ['namespace', { field: 'metadata.namespace', detail: 'is not there' }, 'is not there'],
    ['name', { code: 'already-exists' as const, detail: 'is taken' }, 'is taken'],
    ['namespace', { code: 'already-exists' as const, detail: 'is taken' }, ''],
    ['name', { detail: 'no' }, ''],
    ['namespace', { code: 'not-found' as const, detail: NOWHERE }, NOWHERE],
    ['namespace', { code: 'not-found' as const, detail: 'The VM is gone.' }, ''],
    ['name', null, ''],
  ])('at %s of %o are "%s"', (field, problem, words) => {
    expect(serverWords(problem, field)).toBe(words)
  })
})
