import { expect, it } from 'vitest'
import { textOfSet } from './document/set-base.ts'
import type { SetBase } from './document/set-base.ts'
import { withField } from './document/set-text.ts'
import { rebaseDraft } from './merge.ts'

const aBase = (spec: Record<string, unknown>, resourceVersion = '1'): SetBase => ({
  metadata: { namespace: 'lab', name: 'web', uid: 'u', resourceVersion },
  spec,
})
const BASE = aBase({ nodePool: 'a', agent: { image: 'x:1', replicas: 1 } })
function rebased(mine: string, newer: SetBase) {
  const result = rebaseDraft(mine, BASE, newer)
  if (result === null) throw new Error('the text cannot be read')
  return result
}
const IMAGE = ['spec', 'agent', 'image']

it('takes over what others changed, and keeps mine with its comments', () => {
  const mine = withField(textOfSet(BASE), IMAGE, 'x:2').replace('spec:', '# ours\nspec:')
  const newer = aBase({ nodePool: 'a', agent: { image: 'x:1', replicas: 3 } }, '2')
  const { draft, origin, taken, clashes } = rebased(mine, newer)
  expect(draft).toEqual({ text: mine.replace('replicas: 1', 'replicas: 3'), base: newer })
  expect([taken, clashes]).toEqual([['spec.agent.replicas'], []])
  expect(origin.text).toBe(textOfSet(newer))
})

it('leaves mine where both changed the same, and tells of it', () => {
  const mine = withField(textOfSet(BASE), IMAGE, 'x:2')
  const newer = aBase({ nodePool: 'b', agent: { image: 'x:3', replicas: 1 } }, '2')
  const { draft, clashes } = rebased(mine, newer)
  expect(draft.text).toBe(mine.replace('nodePool: a', 'nodePool: b'))
  expect(clashes).toEqual([{ path: IMAGE, base: 'x:1', mine: 'x:2', theirs: 'x:3' }])
})

it('waits for a text that can be read', () => {
  expect(rebaseDraft('spec: [', BASE, aBase({ nodePool: 'b' }, '2'))).toBe(null)
})
