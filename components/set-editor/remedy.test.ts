import { expect, it } from 'vitest'
import type { Problem, ProblemCode } from '../../lib/fleet/writes/answer.ts'
import { fieldText } from './document/path.ts'
import { refusedFields, remedyFor } from './remedy.ts'

const base = { metadata: { namespace: 'a', name: 'b', uid: 'u', resourceVersion: '1' }, spec: {} }

it.each<[ProblemCode, string | undefined]>([
  ['conflict', 'rebase'],
  ['recreated', 'rebase'],
  ['deleted', 'recreate'],
  ['not-found', 'recreate'],
  ['forbidden', undefined],
])('after %s one can %s', (code, kind) => {
  expect(remedyFor({ code }, base)?.kind).toBe(kind)
  expect(remedyFor({ code }, null)).toBe(null)
})

it.each<[Partial<Problem>, string[]]>([
  [{ causes: [{ field: 'spec.agent.image', message: 'is odd' }] }, ['spec.agent.image is odd']],
  [{ code: 'already-exists', detail: 'x' }, ['metadata.name is taken by another set of this namespace']],
  [{ field: 'spec.toolboxes[0].name', detail: 'no' }, ['spec.toolboxes[0].name no']],
  [{ code: 'forbidden', detail: 'no' }, []],
])('%j is told at its fields', (problem, wanted) => {
  expect(refusedFields(problem).map(({ path, message }) => `${fieldText(path)} ${message}`)).toEqual(wanted)
})
