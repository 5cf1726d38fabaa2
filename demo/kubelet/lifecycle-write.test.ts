import { expect, it } from 'vitest'
import { admitsLifecycle } from './lifecycle-write.ts'

const status = (text: string) => {
  const [state = '', generation = '0'] = text.split(' ')
  return { state, observedGeneration: Number(generation), message: '' }
}
const cases: [string, string, boolean][] = [
  ['', 'creating 1', true],
  ['creating 1', 'ready 1', true],
  ['ready 2', 'hibernating 1', false],
  ['ready 2', 'hibernating 3', true],
  ['failed 2', 'ready 2', false],
  ['failed 2', 'hibernated 2', false],
  ['failed 2', 'creating 2', true],
  ['failed 2', 'hibernating 2', true],
  ['failed 2', 'failed 2', true],
  ['failed 2', 'failed 3', true],
  ['failed 2', 'ready 3', true],
]
it.each(cases)('after %s, %s is written: %s', (before, next, wanted) => {
  expect(admitsLifecycle(before === '' ? undefined : status(before), status(next))).toBe(wanted)
})
