import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

it('lets works under one key follow each other, however they end, and others go on', async () => {
  const turns = createTurns()
  const told: string[] = []
  const first = Promise.withResolvers<void>()
  const one = turns.take('a', async () => {
    told.push('one begins')
    await first.promise
    told.push('one fails')
    throw new Error('one')
  })
  const two = turns.take('a', async () => {
    told.push('two')
    return 2
  })
  await turns.take('b', async () => void told.push('elsewhere'))
  first.resolve()
  await expect(one).rejects.toThrow('one')
  expect(await two).toBe(2)
  expect(told).toEqual(['one begins', 'elsewhere', 'one fails', 'two'])
})
