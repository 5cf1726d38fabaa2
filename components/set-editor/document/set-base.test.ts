import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseText, withField } from './set-text.ts'
import { createBody, editBody, textOfClone, textOfNew, textOfSet } from './set-base.ts'
import type { SetBase } from './set-base.ts'

const NOTED = { 'cocoonset.cocoonstack.io/rebuild-history': '{}' }
const BASE: SetBase = {
  metadata: {
    namespace: 'lab',
    name: 'web',
    uid: 'u1',
    resourceVersion: '7',
    generation: 3,
    labels: { team: 'a' },
    annotations: { note: 'x', ...NOTED },
  },
  spec: { suspend: true, agent: { image: 'x:1', future: 1 } },
}
const bodyOf = (text: string) => editBody(parseText(text).value as object, BASE)

describe('a set in the editor', () => {
  it('goes back as it came, but for what is not for people', () => {
    const { metadata, spec } = bodyOf(textOfSet(BASE))
    expect(metadata).toEqual({
      namespace: 'lab',
      name: 'web',
      uid: 'u1',
      resourceVersion: '7',
      generation: 3,
    })
    expect(spec).toEqual(BASE.spec)
    expect(textOfSet(BASE)).not.toMatch(/rebuild-history|uid|resourceVersion/)
  })
  it('sends labels and annotations that were edited, with what tools noted', () => {
    const text = withField(
      withField(textOfSet(BASE), ['metadata', 'labels', 'team'], 'b'),
      ['metadata', 'annotations'],
      undefined,
    )
    expect(bodyOf(text).metadata).toMatchObject({ labels: { team: 'b' }, annotations: NOTED })
  })
  it('is cloned without its sleep, its notes and its name', () => {
    expect(parse(textOfClone(BASE, 'other'))).toMatchObject({
      metadata: { name: 'web-copy', namespace: 'other', labels: { team: 'a' }, annotations: { note: 'x' } },
      spec: { agent: { image: 'x:1' } },
    })
    expect(textOfClone(BASE, 'lab')).not.toMatch(/suspend|rebuild-history/)
  })
  it('lets nothing but a name of a namespace into a new text', () => {
    expect(textOfNew('a\nspec: {}')).toBe(textOfNew('default'))
  })
  it('is new with what it needs', () => {
    const text = withField(
      withField(textOfNew('lab'), ['metadata', 'name'], 'web'),
      ['spec', 'agent', 'image'],
      'x:1',
    )
    expect(createBody(parseText(text).value as object)).toEqual({
      apiVersion: 'cocoonset.cocoonstack.io/v1',
      kind: 'CocoonSet',
      metadata: { name: 'web', namespace: 'lab' },
      spec: { agent: { image: 'x:1' } },
    })
  })
})
