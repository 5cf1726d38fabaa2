import { expect, it } from 'vitest'
import { remembered } from './remembered.ts'

it('asks once for each text, and again for those of a memory that was full', () => {
  const asked: string[] = []
  const made = remembered(2, (text) => {
    asked.push(text)
    return { text }
  })
  expect(made('a')).toBe(made('a'))
  expect([made('b').text, made('c').text, made('a').text]).toEqual(['b', 'c', 'a'])
  expect(asked).toEqual(['a', 'b', 'c', 'a'])
})

it.each(['__proto__', 'constructor', ''])('knows nothing of %j before it asks', (text) => {
  expect(remembered(1, (key) => `made of ${key}`)(text)).toBe(`made of ${text}`)
})
