import { expect, it } from 'vitest'
import { mustMove } from './migration.ts'

it.each([
  ['a', 'b', true],
  ['a', 'a', false],
  ['a', '', false],
  ['', 'b', false],
])('a main agent on %j that is wanted on %j', (node, target, moves) => {
  expect(mustMove(node, target)).toBe(moves)
})
