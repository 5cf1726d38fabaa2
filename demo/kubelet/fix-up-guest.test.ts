import { expect, it } from 'vitest'
import { ANNOTATION_POST_CLONE_HINT } from '../../lib/cocoon/component-keys.ts'
import { exhaustedAnnotations, needsFixUp } from './fix-up-guest.ts'

const guest = (os: string, backend = 'cloud-hypervisor', image = 'x:1') => ({ os, backend, image })
const cases: [string, ReturnType<typeof guest>, 'boot' | 'clone' | 'wake', boolean][] = [
  ['no guest that booted', guest('windows', 'firecracker'), 'boot', false],
  ['no Linux clone', guest('linux'), 'clone', false],
  ['every Firecracker clone', guest('linux', 'firecracker'), 'clone', true],
  ['every Firecracker wake', guest('linux', 'firecracker'), 'wake', true],
  ['every Windows clone', guest('windows'), 'clone', true],
  ['no Windows wake', guest('windows'), 'wake', false],
  ['a clone that is to fail at it', guest('linux', undefined, 'x-fail-fixup:1'), 'clone', true],
  ['no wake of such a guest', guest('linux', undefined, 'x-fail-fixup:1'), 'wake', false],
]
it.each(cases)('fixes %s', (_, spec, origin, wanted) => expect(needsFixUp(spec, origin)).toBe(wanted))

it('writes the hint as base64 of commands for that guest', () => {
  const decode = (os: string) =>
    Buffer.from(exhaustedAnnotations(os, '10.64.0.10')[ANNOTATION_POST_CLONE_HINT] ?? '', 'base64').toString()
  expect(decode('linux')).toContain('ip addr replace 10.64.0.10/16 dev eth0\n')
  expect(decode('windows')).toContain('ipconfig /renew\r\n')
})
