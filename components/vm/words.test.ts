import { describe, expect, it } from 'vitest'
import { reachWords } from './reach.ts'
import { roleWords } from './role-words.ts'
import { shortImage } from './short-image.ts'

describe('roleWords', () => {
  it.each([
    [{ role: 'main', slot: 0 } as const, 'main'],
    [{ role: 'sub-agent', slot: 3 } as const, 'sub-agent 3'],
    [{ role: 'sub-agent', slot: null } as const, 'sub-agent'],
    [{ role: 'toolbox', slot: null } as const, 'toolbox'],
    [{ role: null, slot: null } as const, ''],
  ])('%o is %s', (vm, expected) => {
    expect(roleWords(vm)).toBe(expected)
  })
})

describe('reachWords', () => {
  it.each([
    [{ ip: '10.8.4.17', connType: 'ssh', vncPort: 0 }, 'ssh 10.8.4.17'],
    [{ ip: '10.8.9.3', connType: 'vnc', vncPort: 5901 }, 'vnc 10.8.9.3:5901'],
    [{ ip: 'fd00::5', connType: 'vnc', vncPort: 5901 }, 'vnc [fd00::5]:5901'],
    [{ ip: '10.8.4.17', connType: 'ssh', vncPort: 5901 }, 'ssh 10.8.4.17'],
    [{ ip: '10.8.4.17', connType: '', vncPort: 0 }, '10.8.4.17'],
    [{ ip: '', connType: 'ssh', vncPort: 0 }, ''],
  ])('%o is %s', (vm, expected) => {
    expect(reachWords(vm)).toBe(expected)
  })
})

describe('shortImage', () => {
  it.each([
    ['ghcr.io/cocoonstack/images/chrome:131', 'chrome:131'],
    ['registry:5000/win11-agent', 'win11-agent'],
    ['ubuntu:24.04', 'ubuntu:24.04'],
    ['ghcr.io/a/b@sha256:0123456789abcdef', 'b@sha256:0123456…'],
    ['', ''],
  ])('%s is %s', (image, expected) => {
    expect(shortImage(image)).toBe(expected)
  })
})
