import { expect, it } from 'vitest'
import { connectionType } from './connection-type.ts'

it.each([
  ['linux', false, '', 'ssh'],
  ['windows', false, '', 'rdp'],
  ['Windows', false, '', 'ssh'],
  ['android', false, '', 'adb'],
  ['Android', false, '', 'ssh'],
  ['macos', false, '', 'ssh'],
  ['', false, '', 'ssh'],
  ['android', true, '', 'vnc'],
  ['windows', true, '', 'vnc'],
  ['linux', true, 'ssh', 'ssh'],
  ['linux', false, 'rdp', 'rdp'],
  ['windows', true, 'SPICE', 'SPICE'],
  ['windows', true, ' ', ' '],
])('os %j, VNC %j, override %j: %s', (os, hasVNCPort, override, type) => {
  expect(connectionType(os, hasVNCPort, override)).toBe(type)
})
