import { expect, it } from 'vitest'
import { afterFailure, givenUp, mayTry, retryWait, type Retry } from './retry.ts'

it('waits twice as long each time, up to five minutes, and gives up after twenty attempts', () => {
  const waits: (number | undefined)[] = []
  let retry: Retry | undefined
  for (let i = 0; i < 20; i++) {
    retry = afterFailure(retry, false)
    waits.push(retryWait(retry))
  }
  expect(waits.slice(0, 8)).toEqual([5, 10, 20, 40, 80, 160, 300, 300].map((seconds) => seconds * 1000))
  expect(waits.at(-1)).toBeUndefined()
})

it('starts anew when the pod wants something else', () => {
  expect(afterFailure(givenUp(false), true).failures).toBe(1)
})

const failed = afterFailure(undefined, true)
const tries: [string, Retry | undefined, boolean, boolean][] = [
  ['without a failure', undefined, false, true],
  ['not before the wait is over', failed, true, false],
  ['after the wait', { ...failed, due: true }, true, true],
  ['at once when the wish changed', failed, false, true],
  ['never once it was given up', givenUp(true), true, false],
  ['after all when the wish changes', givenUp(true), false, true],
]
it.each(tries)('is tried %s', (_, retry, asleep, wanted) => expect(mayTry(retry, asleep)).toBe(wanted))
