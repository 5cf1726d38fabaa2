import { describe, expect, it } from 'vitest'
import { mayNotOpen, warningsOf } from './open-access.ts'

const LOCAL = {
  AUTH_MODE: 'none',
  HOST: '127.0.0.1',
  ALLOW_UNAUTHENTICATED: false,
  PUBLIC_ORIGIN: undefined,
} as const
const NAMED = { PUBLIC_ORIGIN: ['https://cocoon.example'] }

describe('a way in', () => {
  it.each([
    [LOCAL, true],
    [{ ...LOCAL, HOST: '::1' }, true],
    [{ ...LOCAL, HOST: '0.0.0.0' }, false],
    [{ ...LOCAL, HOST: 'cocoon.example' }, false],
    [{ ...LOCAL, HOST: '0.0.0.0', ALLOW_UNAUTHENTICATED: true }, true],
    [{ ...LOCAL, HOST: '0.0.0.0', AUTH_MODE: 'token' as const }, true],
  ])('%o may be opened: %s', (env, may) => {
    expect(mayNotOpen(env) === null).toBe(may)
  })

  it.each([
    [LOCAL, []],
    [{ ...LOCAL, HOST: '0.0.0.0', AUTH_MODE: 'token' as const }, ['PUBLIC_ORIGIN']],
    [{ ...LOCAL, ...NAMED, HOST: '0.0.0.0', AUTH_MODE: 'token' as const }, []],
    [{ ...LOCAL, ALLOW_UNAUTHENTICATED: true }, ['ALLOW_UNAUTHENTICATED']],
    [{ ...LOCAL, ALLOW_UNAUTHENTICATED: true, AUTH_MODE: 'proxy' as const }, []],
    [{ ...LOCAL, HOST: '0.0.0.0', ALLOW_UNAUTHENTICATED: true }, ['ALLOW_UNAUTHENTICATED', 'PUBLIC_ORIGIN']],
  ])('%o is warned of %j', (env, words) => {
    const warnings = warningsOf(env)
    expect(warnings).toHaveLength(words.length)
    for (const [at, word] of words.entries()) expect(warnings[at]).toContain(word)
  })
})
