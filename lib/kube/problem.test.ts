import { expect, it, vi } from 'vitest'
import { Refused } from './problem.ts'

it('is a refusal for every copy of the module, as Next has one and the server another', async () => {
  vi.resetModules()
  const other = await import('./problem.ts')
  const problem = { status: 401, code: 'not-signed-in', title: '', detail: 'Sign in.' } as const
  expect(other.Refused).not.toBe(Refused)
  expect(new other.Refused(problem)).toBeInstanceOf(Refused)
  expect(new Error('Sign in.') instanceof Refused).toBe(false)
  expect((null as unknown) instanceof Refused).toBe(false)
})
