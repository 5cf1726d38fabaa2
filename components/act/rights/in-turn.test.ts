import { expect, it } from 'vitest'
import { createTurns } from './in-turn.ts'

/** A task that ends when it is told to. */
function held<Result>(result: Result) {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const task = {
    began: false,
    run: () => ((task.began = true), promise),
    end: () => resolve(result),
    fail: reject,
  }
  return task
}

it('runs so many tasks at once, the others in the order that they came', async () => {
  const inTurn = createTurns(2)
  const tasks = ['a', 'b', 'c', 'd'].map((name) => held(name))
  const began = () => tasks.map((task) => task.began)
  const results = tasks.map((task) => inTurn(task.run))
  expect(began()).toEqual([true, true, false, false])
  tasks[1]?.end()
  await results[1]
  await Promise.resolve()
  expect(began()).toEqual([true, true, true, false])
  tasks[0]?.fail(new Error('no'))
  await expect(results[0]).rejects.toThrow('no')
  await Promise.resolve()
  expect(began()).toEqual([true, true, true, true])
  tasks[2]?.end()
  tasks[3]?.end()
  expect(await Promise.all([results[1], results[2], results[3]])).toEqual(['b', 'c', 'd'])
  const later = held('e')
  const answer = inTurn(later.run)
  expect(later.began).toBe(true)
  later.end()
  expect(await answer).toBe('e')
})
