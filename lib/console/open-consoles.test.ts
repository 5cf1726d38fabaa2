import { beforeEach, describe, expect, it } from 'vitest'
import { aVm } from '../fleet/arrange.fixture.ts'
import { Refused } from '../kube/problem.ts'
import { createOpenConsoles } from './open-consoles.ts'
import type { OpenConsoles, RunningConsole } from './open-consoles.ts'

const vm = aVm({ name: 'desk', uid: 'uid', vmID: 'id', ip: '10.0.0.9', vncPort: 5900 })
const vmNamed = () => vm
const forbidden = new Refused({ status: 403, code: 'forbidden', title: '', detail: '' })
const unknown = new Refused({ status: 401, code: 'not-signed-in', title: '', detail: '' })
const silent = new Refused({ status: 503, code: 'unavailable', title: '', detail: '' })

let now = 0
let open: OpenConsoles
let ended: string[]
let reviews: number
let pings: number

function console(over: Partial<RunningConsole> = {}, who = 'ada'): RunningConsole {
  const { uid, namespace, name } = vm
  const one: RunningConsole = {
    admission: {
      kind: 'vnc',
      who,
      session: `of ${who}`,
      uid,
      namespace,
      name,
      endpoint: { host: vm.ip, port: vm.vncPort },
    },
    openedAt: now,
    greetedAt: null,
    end(reason) {
      ended.push(reason)
      open.remove(one)
    },
    lastMovedAt: () => now,
    lastHeardAt: () => now,
    stuckSince: () => null,
    ping: () => (pings += 1),
    review: async () => void (reviews += 1),
    ...over,
  }
  open.add(one)
  return one
}

/** Lets the minutes pass, second by second, and the reviews be answered. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    now += 1_000
    open.tick(vmNamed)
    await Promise.resolve()
  }
}

beforeEach(() => {
  now = 0
  ended = []
  reviews = 0
  pings = 0
  open = createOpenConsoles({ perUser: 2, total: 3, idleMs: 60_000, longestMs: 600_000 }, () => now)
})

describe('the limits', () => {
  it('are for each user and for all', () => {
    console()
    expect(open.hasRoomFor('ada')).toBe(true)
    console()
    expect([open.hasRoomFor('ada'), open.hasRoomFor('bob')]).toEqual([false, true])
    const last = console({}, 'bob')
    expect(open.hasRoomFor('eve')).toBe(false)
    open.remove(last)
    expect(open.hasRoomFor('eve')).toBe(true)
  })

  it.each<[string, Partial<RunningConsole>, number]>([
    ['idle', { lastMovedAt: () => 0 }, 60],
    ['time-limit', {}, 600],
    ['too-slow', { lastHeardAt: () => 0 }, 60],
    ['too-slow', { stuckSince: () => 0 }, 120],
  ])('end a console as %s', async (reason, over, seconds) => {
    console({ lastMovedAt: () => now, ...over })
    await pass(seconds - 1)
    expect(ended).toEqual([])
    await pass(1)
    expect(ended).toEqual([reason])
  })
})

it('asks for a sign of life every half minute or so', async () => {
  console()
  await pass(59)
  expect(pings).toBe(2)
})

describe('the right to a console', () => {
  const many = (count: number) => {
    open = createOpenConsoles({ perUser: 999, total: 999, idleMs: 0, longestMs: 0 }, () => now)
    for (let index = 0; index < count; index += 1) console()
  }

  it.each([
    [1, 60],
    [10, 600],
    [40, 600],
    [999, 1_998],
  ])('is asked about, with %d open, %d times a minute in all', async (count, times) => {
    many(count)
    await pass(60)
    expect(reviews).toBe(times)
  })

  it('is not asked about again before the last answer', async () => {
    console({
      review() {
        reviews += 1
        return new Promise(() => {})
      },
    })
    await pass(20)
    expect(reviews).toBe(1)
  })

  it('ends it when it is gone, at once', async () => {
    console({ review: () => Promise.reject(forbidden) })
    await pass(2)
    expect(ended).toEqual(['rights-gone'])
  })

  it('ends it when who opened it is not known any more, and said so twice', async () => {
    let known = false
    console({ review: () => (known ? Promise.resolve() : Promise.reject(unknown)) })
    await pass(1)
    known = true
    await pass(1)
    known = false
    await pass(1)
    expect(ended).toEqual([])
    await pass(1)
    expect(ended).toEqual(['rights-gone'])
  })

  it('is asked about first, where the machine has slept', async () => {
    console()
    now += 300_000
    await pass(1)
    expect([ended, reviews]).toEqual([[], 1])
  })

  it.each<[string, () => Promise<void>]>([
    ['says that it cannot say', () => Promise.reject(silent)],
    ['says nothing', () => new Promise(() => {})],
  ])('ends it when the cluster %s for three quarters of a minute', async (_, review) => {
    console({ review })
    await pass(44)
    expect(ended).toEqual([])
    await pass(1)
    expect(ended).toEqual(['cluster-silent'])
  })
})

it('ends those of one user when their session ends', () => {
  console()
  console({}, 'bob')
  open.sessionGone('of ada')
  expect(ended).toEqual(['rights-gone'])
  expect(open.of('uid')).toHaveLength(1)
})

it('ends those whose VM changed, when it is told and when it looks', async () => {
  console()
  open.vmsChanged(['other'], () => undefined)
  expect(ended).toEqual([])
  open.vmsChanged(['uid'], () => ({ ...vm, ip: '10.0.0.10' }))
  expect(ended).toEqual(['vm-moved'])
  console()
  now += 1_000
  open.tick(() => ({ ...vm, phase: 'hibernating' }))
  expect(ended).toEqual(['vm-moved', 'hibernating'])
})
