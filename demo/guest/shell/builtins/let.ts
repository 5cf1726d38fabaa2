import { calculate } from '../expand.ts'
import type { Builtin } from './builtin.ts'

/** bash's `let`: each argument is an expression; the last one's truth is the status. */
export const evaluateAll: Builtin = async (shell, args) => {
  let value = '0'
  for (const text of args) value = await calculate(shell, [{ kind: 'literal', text, quoted: true }])
  return value === '0' ? 1 : 0
}
