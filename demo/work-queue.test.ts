import { expect, it } from 'vitest'
import { manualClock } from './clock.ts'
import { workQueue } from './work-queue.ts'

/** A queue whose work is finished by hand. */
function slowQueue(concurrency: number) {
  const clock = manualClock()
  const started: string[] = []
  const finish: (() => void)[] = []
  const errors: string[] = []
  let fail = false
  const queue = workQueue({
    clock,
    concurrency,
    failed: (key) => void errors.push(key),
    work: (key) => {
      started.push(key)
      return new Promise((resolve, reject) => {
        finish.push(() => (fail ? reject(new Error('no')) : resolve(undefined)))
      })
    },
  })
  const end = async () => {
    finish.shift()?.()
    await clock.advance(0)
  }
  return { clock, queue, started, errors, end, failNext: (value: boolean) => void (fail = value) }
}

it('never works on one key twice at once, and never forgets it', async () => {
  const { clock, queue, started, end } = slowQueue(4)
  queue.add('a')
  queue.add('a')
  await clock.advance(0)
  queue.add('a')
  queue.add('a')
  await clock.advance(0)
  expect(started).toEqual(['a'])
  await end()
  expect(started).toEqual(['a', 'a'])
  await end()
  expect(started).toEqual(['a', 'a'])
  expect(queue.idle()).toBe(true)
})

it('works on no more keys than it may', async () => {
  const { clock, queue, started, end } = slowQueue(2)
  for (const key of ['a', 'b', 'c']) queue.add(key)
  await clock.advance(0)
  expect(started).toEqual(['a', 'b'])
  await end()
  expect(started).toEqual(['a', 'b', 'c'])
})

it('tries again, later each time', async () => {
  const { clock, queue, started, errors, end, failNext } = slowQueue(1)
  failNext(true)
  queue.add('a')
  await clock.advance(0)
  await end()
  expect(errors).toEqual(['a'])
  await clock.advance(499)
  expect(started).toHaveLength(1)
  await clock.advance(1)
  expect(started).toHaveLength(2)
  await end()
  await clock.advance(999)
  expect(started).toHaveLength(2)
  await clock.advance(1)
  expect(started).toHaveLength(3)
})

it('keeps the earlier of two appointments', async () => {
  const { clock, queue, started } = slowQueue(1)
  queue.addAfter('a', 100)
  queue.addAfter('a', 50)
  queue.addAfter('a', 200)
  await clock.advance(60)
  expect(started).toEqual(['a'])
})

it('takes nothing more once it is closed', async () => {
  const { clock, queue, started } = slowQueue(1)
  queue.addAfter('a', 10)
  await queue.close()
  queue.add('b')
  await clock.advance(20)
  expect(started).toEqual([])
})
