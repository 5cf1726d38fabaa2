import { expect, it } from 'vitest'
import { NotDone } from '../../act/send-act.ts'
import { refusalEnd } from './console-ends.ts'

it.each([
  [
    'the words of the policy',
    { status: 403, code: 'console-target-refused', title: 'T', detail: 'D' },
    'refused',
    'T',
    'by-hand',
  ],
  [
    'too many',
    { status: 429, code: 'too-many-consoles', title: 'Too many' },
    'refused',
    'Too many',
    'by-hand',
  ],
  [
    'a cluster that does not answer',
    { status: 503, code: 'unavailable', title: 'U' },
    'refused',
    'U',
    'by-itself',
  ],
  ['a VM that sleeps', { status: 409, code: 'not-possible', title: 'S' }, 'refused', 'S', 'when-ready'],
  ['a server that does not answer', { title: 'gone' }, 'lost', 'The connection was lost', 'by-itself'],
] as const)('takes %s as it is', (_, problem, cause, title, reopening) => {
  expect(refusalEnd(new NotDone(problem))).toMatchObject({ cause, title, reopening })
})

it('says of an error of the page itself what to do', () => {
  const end = refusalEnd(new Error('Failed to fetch dynamically imported module.'))
  expect(end).toMatchObject({ cause: 'refused', reopening: 'by-hand' })
  expect(end.detail).toContain('Reload the page.')
})
