import { expect, it } from 'vitest'
import type { RunningConsole } from './open-consoles.ts'
import { createPresence } from './presence.ts'

function consolesOf(...viewers: { viewer: string; who?: string; kind?: 'vnc' | 'exec'; uid?: string }[]) {
  const all = viewers.map(({ viewer, who = 'nobody', kind = 'vnc', uid = 'a' }, place) => ({
    admission: { kind, who, namespace: 'qa', name: 'desk', uid, endpoint: null, viewer },
    openedAt: place * 1_000,
  }))
  const open = { of: (uid: string) => all.filter((one) => one.admission.uid === uid) as RunningConsole[] }
  return { presence: createPresence(open, 'nobody'), all }
}

it('tells who has the screen open, and which of them asks', () => {
  const { presence } = consolesOf(
    { viewer: '1' },
    { viewer: '2', who: 'dana' },
    { viewer: '3', kind: 'exec' },
    { viewer: '4', uid: 'b' },
  )
  expect(presence.of('a', '2')).toEqual([
    { who: '', since: '1970-01-01T00:00:00.000Z', you: false, inControl: false },
    { who: 'dana', since: '1970-01-01T00:00:01.000Z', you: true, inControl: false },
  ])
  expect(presence.of('a', null).map(({ you }) => you)).toEqual([false, false])
  expect(presence.of('c', null)).toEqual([])
})

it('knows a viewer of this VM and of this user only', () => {
  const { presence } = consolesOf({ viewer: '1', who: 'dana' }, { viewer: '3', kind: 'exec' })
  expect(presence.isOpen('a', '1', 'dana')).toBe(true)
  expect(presence.isOpen('b', '1', 'dana')).toBe(false)
  expect(presence.isOpen('a', '1', 'kim')).toBe(false)
  expect(presence.isOpen('a', '3', 'nobody')).toBe(false)
  expect(presence.isOpen('a', '', 'nobody')).toBe(false)
})

it('hands the control from one to the other, back to all, and loses it with who leaves', () => {
  const { presence, all } = consolesOf({ viewer: '1' }, { viewer: '2' })
  const control = () => presence.of('a', null).map(({ inControl }) => inControl)
  presence.wish('a', '1', 'take')
  expect(control()).toEqual([true, false])
  presence.wish('a', '2', 'release')
  expect(control()).toEqual([true, false])
  presence.wish('a', '2', 'take')
  expect(control()).toEqual([false, true])
  presence.wish('a', '2', 'release')
  expect(control()).toEqual([false, false])
  presence.wish('a', '2', 'take')
  all.pop()
  expect(control()).toEqual([false])
})
