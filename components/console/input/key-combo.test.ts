import { expect, it } from 'vitest'
import { parseCombo, sendCombo } from './key-combo.ts'

it.each([
  ['Ctrl+Alt+Del', 'Ctrl+Alt+Del', ['ControlLeft', 'AltLeft', 'Delete']],
  [' ctrl + shift + ESC ', 'Ctrl+Shift+Esc', ['ControlLeft', 'ShiftLeft', 'Escape']],
  ['alt+f4', 'Alt+F4', ['AltLeft', 'F4']],
  ['Super', 'Super', ['MetaLeft']],
  ['ctrl+plus', 'Ctrl+Plus', ['ControlLeft', 'Equal']],
  ['Ctrl+]', 'Ctrl+]', ['ControlLeft', 'BracketRight']],
  ['ctrl+alt+f12', 'Ctrl+Alt+F12', ['ControlLeft', 'AltLeft', 'F12']],
  ['ALTGR+q', 'AltGr+Q', ['AltRight', 'KeyQ']],
  ['ctrl+pageup', 'Ctrl+PageUp', ['ControlLeft', 'PageUp']],
])('reads %s', (text, shown, codes) => {
  const combo = parseCombo(text)
  expect(combo.ok && { text: combo.text, codes: combo.keys.map(({ code }) => code) }).toEqual({
    text: shown,
    codes,
  })
})

it.each([
  ['', 'with a plus between them'],
  ['Ctrl++', 'An empty place'],
  ['Ctrl+Banana', '“Banana” is no key'],
  ['f13', 'is no key'],
  ['constructor', 'is no key'],
  ['a+b+c+d+e+f', 'At most 5'],
])('refuses %s with a reason', (text, reason) => {
  const combo = parseCombo(text)
  expect(combo.ok ? '' : combo.reason).toContain(reason)
})

it('lets go in the opposite order', () => {
  const combo = parseCombo('Ctrl+Alt+Del')
  const sent: string[] = []
  if (combo.ok) sendCombo((_, code, down) => void sent.push(`${down ? '+' : '-'}${code}`), combo.keys)
  expect(sent).toEqual(['+ControlLeft', '+AltLeft', '+Delete', '-Delete', '-AltLeft', '-ControlLeft'])
})
