import { describe, expect, it } from 'vitest'
import { SCREEN_EVERY_MS } from '../../fleet/console/screen.ts'
import type { ScreenTrouble } from '../../fleet/console/screen.ts'
import { createFrame } from '../rfb-client/frame.ts'
import type { Rendition } from './rendition.ts'
import { createScreens } from './screens.ts'
import type { Shot } from './screens.ts'

const SECOND = 1_000
const picture: Shot = { frame: createFrame(1, 1) }
const failed = (trouble: ScreenTrouble): Shot => ({ trouble, detail: `it is ${trouble}` })

/** Screens at a clock that moves by hand, of which each rendition is told apart by its number. */
function rig({ bytes = 1_000 } = {}) {
  let time = 0
  let made = 0
  const screens = createScreens({
    now: () => time,
    render: async (): Promise<Rendition> => {
      made += 1
      return { hash: String(made), image: async () => Buffer.alloc(0), size: () => bytes }
    },
  })
  return { screens, advance: (ms: number) => void (time += ms) }
}

/** Shoots what it is told to, and counts. */
function camera(shots: Shot | (() => Promise<Shot>) = picture) {
  const seen: boolean[] = []
  const shoot = async (shared: boolean) => {
    seen.push(shared)
    return typeof shots === 'function' ? shots() : shots
  }
  return { shoot, seen }
}

describe('a screen that is looked at', () => {
  it('is dialled at most every ten seconds, however many look', async () => {
    const { screens, advance } = rig()
    const { shoot, seen } = camera()
    // Fifty people look for five minutes, each once a second.
    for (let second = 0; second < 300; second++) {
      await Promise.all(Array.from({ length: 50 }, () => screens.look('vm', shoot)))
      advance(SECOND)
    }
    expect(seen).toHaveLength((300 * SECOND) / SCREEN_EVERY_MS)
  })

  it('is not dialled while nobody looks', async () => {
    const { screens, advance } = rig()
    const { shoot, seen } = camera()
    await screens.look('vm', shoot)
    advance(3_600 * SECOND)
    expect(seen).toHaveLength(1)
  })

  it('is not dialled for who has gone before its turn came, nor for long kept from who is here', async () => {
    const { screens } = rig()
    const gone = new AbortController()
    const answers: (() => void)[] = []
    const slow = camera(() => new Promise((resolve) => void answers.push(() => resolve(picture))))
    const first = Array.from({ length: 4 }, (_, index) => screens.look(`slow-${index}`, slow.shoot))
    // Somebody scrolls past a hundred others, of whose screens one is looked at by somebody else, too.
    const passed = camera()
    const looks = Array.from({ length: 100 }, (_, index) =>
      screens.look(`passed-${index}`, passed.shoot, gone.signal),
    )
    const other = screens.look('passed-7', passed.shoot)
    gone.abort()
    for (const answer of answers) answer()
    await Promise.all([...first, ...looks, other])
    expect([slow.seen.length, passed.seen.length]).toEqual([4, 1])
    expect((await screens.look('passed-8', passed.shoot)).picture).not.toBeNull()
  })

  it('is known to share once it was seen to', async () => {
    const { screens, advance } = rig()
    const { shoot, seen } = camera()
    await screens.look('vm', shoot)
    advance(SCREEN_EVERY_MS)
    await screens.look('vm', shoot)
    expect(seen).toEqual([false, true])
  })

  const AGAIN: [ScreenTrouble, number][] = [
    ['unreachable', 10],
    ['asleep', 10],
    ['in-use', 10],
    ['target-refused', 30],
    ['not-vnc', 300],
    ['needs-password', 3_600],
  ]
  it.each(AGAIN)('that is %s is tried again after %d s and not before', async (trouble, seconds) => {
    const { screens, advance } = rig()
    const { shoot, seen } = camera(failed(trouble))
    await screens.look('vm', shoot)
    advance(seconds * SECOND - 1)
    const { picture: none, trouble: why } = await screens.look('vm', shoot)
    expect([seen.length, none, why]).toEqual([1, null, { kind: trouble, detail: `it is ${trouble}` }])
    advance(1)
    await screens.look('vm', shoot)
    expect(seen).toHaveLength(2)
  })

  it('that never shares is left alone for good, also when thousands of others were looked at since', async () => {
    const { screens, advance } = rig({ bytes: 100_000 })
    const { shoot, seen } = camera(failed('not-shared'))
    await screens.look('alone', shoot)
    for (let other = 0; other < 2_000; other++) await screens.look(`other-${other}`, camera().shoot)
    advance(365 * 24 * 3_600 * SECOND)
    const { trouble } = await screens.look('alone', shoot)
    expect([seen.length, trouble?.kind]).toEqual([1, 'not-shared'])
  })

  it('keeps its last picture with its time when there is no newer one', async () => {
    const { screens, advance } = rig()
    await screens.look('vm', camera().shoot)
    advance(60 * SECOND)
    const away = await screens.look('vm', camera(failed('unreachable')).shoot)
    expect([away.picture?.takenAt, away.trouble?.kind]).toEqual([0, 'unreachable'])
    const asleep = screens.last('vm', 'asleep', 'web-2 is hibernated.')
    expect([asleep.picture?.takenAt, asleep.trouble?.detail]).toEqual([0, 'web-2 is hibernated.'])
    advance(10 * SECOND)
    const back = await screens.look('vm', camera().shoot)
    expect([back.picture?.takenAt, back.trouble]).toEqual([70 * SECOND, null])
  })

  it('that cannot be looked for is not asked of the API server again at once', async () => {
    const { screens } = rig()
    const { shoot, seen } = camera(() => Promise.reject(new Error('no such VM')))
    await expect(screens.look('vm', shoot)).rejects.toThrow('no such VM')
    expect((await screens.look('vm', shoot)).picture).toBeNull()
    expect(seen).toHaveLength(1)
  })
})

describe('many screens', () => {
  it('have their turns, four at a time, and wait or are told to', async () => {
    const { screens } = rig()
    let running = 0
    let most = 0
    let open = () => {}
    const gate = new Promise<void>((resolve) => void (open = resolve))
    const slow = camera(async () => {
      running += 1
      most = Math.max(most, running)
      await gate
      running -= 1
      return picture
    })
    const looks = Array.from({ length: 300 }, (_, vm) => screens.look(`vm-${vm}`, slow.shoot))
    open()
    const views = await Promise.all(looks)
    expect(most).toBe(4)
    expect(views.filter(({ trouble }) => trouble?.kind === 'busy')).toHaveLength(96)
    expect(views.filter((view) => view.picture !== null)).toHaveLength(204)
  })

  it('are forgotten in the order in which they were looked at, when they become too many bytes', async () => {
    const { screens } = rig({ bytes: 16 * 1024 * 1024 })
    for (const vm of ['a', 'b', 'c', 'd']) await screens.look(vm, camera().shoot)
    await screens.look('a', camera().shoot)
    await screens.look('e', camera().shoot)
    const kept = (vm: string) => screens.last(vm, 'asleep', '').picture !== null
    expect(['a', 'b', 'c', 'd', 'e'].map(kept)).toEqual([true, false, true, true, true])
  })
})
