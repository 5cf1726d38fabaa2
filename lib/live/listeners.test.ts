import { expect, it } from 'vitest'
import { createListeners } from './listeners.ts'

it('tells those of the topic, each once, until they leave', () => {
  const { add, tellAll } = createListeners()
  const told: string[] = []
  const leave = add('a', () => void told.push('one'))
  const tell = () => void told.push('two')
  add('a', tell)
  add('a', tell)
  add('b', () => void told.push('other'))
  tellAll('a')
  leave()
  leave()
  tellAll('a')
  tellAll('nobody')
  expect(told).toEqual(['one', 'two', 'two'])
})

it('lets a listener leave, and others with it, while they are told', () => {
  const { add, tellAll } = createListeners()
  const told: string[] = []
  const leaves = ['one', 'two', 'three'].map((name) =>
    add('a', () => {
      told.push(name)
      for (const leave of leaves) leave()
    }),
  )
  tellAll('a')
  tellAll('a')
  expect(told).toEqual(['one'])
})

it('keeps a topic whose members left and came again', () => {
  const { add, tellAll } = createListeners()
  const told: string[] = []
  const first = add('a', () => void told.push('first'))
  first()
  add('a', () => void told.push('second'))
  first()
  tellAll('a')
  expect(told).toEqual(['second'])
})
