import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { faultOf, FAULTS, type Fault } from './faults.ts'

const cases: [string, Fault | undefined][] = [
  ['ubuntu:24.04', undefined],
  ['ubuntu-fail-boot', 'fail-boot'],
  ['ubuntu-fail-boot:24.04', 'fail-boot'],
  ['ubuntu:24.04-slow-wake', 'slow-wake'],
  ['registry.local:5000/team/flaky-probe:1', 'flaky-probe'],
  ['fail-boot/ubuntu:1', undefined],
  ['nano-agent:1', undefined],
  ['no-agent:1', 'no-agent'],
  ['win11_no-agent', 'no-agent'],
  ['', undefined],
]
it.each(cases)('%s asks for %s', (image, wanted) => expect(faultOf(image)).toBe(wanted))

it('tells every word apart', () => {
  for (const word of Object.keys(FAULTS)) {
    expect(faultOf(`ubuntu-${word}:1`)).toBe(word)
    expect(faultOf(`ubuntu:1-${word}`)).toBe(word)
  }
})

it('is what the README lists, word for word', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')
  const listed = readme
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, word]) => word))
  expect(listed).toEqual(expect.arrayContaining(Object.keys(FAULTS)))
})
