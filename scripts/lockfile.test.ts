import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { completed, missingPackages, platformOf } from './lockfile.ts'
import type { Lockfile } from './lockfile.ts'

const LOCK: Lockfile = {
  packages: {
    '': {},
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@tool/linux-x64-gnu': '2.0.0', '@tool/darwin-arm64': '2.0.0' },
    },
    'node_modules/@tool/linux-x64-gnu': { version: '2.0.0' },
  },
}

describe('the lockfile', () => {
  it('of this project holds what npm ci asks for, on every platform', () => {
    const text = readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')
    expect(missingPackages(JSON.parse(text) as Lockfile)).toEqual([])
    expect(text).not.toContain('"resolved"')
  })

  it('is completed with what other platforms need', () => {
    expect(missingPackages(LOCK)).toEqual([
      { by: 'node_modules/tool', name: '@tool/darwin-arm64', version: '2.0.0' },
    ])
    const whole = completed(LOCK)
    expect(missingPackages(whole)).toEqual([])
    expect(whole.packages['node_modules/@tool/darwin-arm64']).toEqual({
      version: '2.0.0',
      cpu: ['arm64'],
      os: ['darwin'],
      dev: true,
      optional: true,
    })
  })

  it('leaves ranges to npm', () => {
    const packages = { 'node_modules/a': { optionalDependencies: { b: '^1.0.0' } } }
    expect(() => completed({ packages })).toThrow('node_modules/a wants b ^1.0.0')
  })

  it.each([
    ['@x/swc-linux-arm64-musl', { cpu: ['arm64'], libc: ['musl'], os: ['linux'] }],
    ['@x/linux-x64-gnu', { cpu: ['x64'], libc: ['glibc'], os: ['linux'] }],
    ['@x/win32-ia32-msvc', { cpu: ['ia32'], os: ['win32'] }],
    ['@x/wasm32-wasi', { cpu: ['wasm32'] }],
    ['fsevents', {}],
  ])('reads the platform of %s', (name, platform) => {
    expect(platformOf(name)).toEqual(platform)
  })
})
