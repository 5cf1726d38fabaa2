import { afterEach, describe, expect, it } from 'vitest'
import { hurried } from '../../lib/kube/reflector-timing.ts'
import { agentPod } from '../faulty-api/fleet-objects.ts'
import { expiredBody, isFill, isWatch, statusBody, tooLargeBody } from '../faulty-api/faults.ts'
import { startReflectorBench, type BenchOptions, type ReflectorBench } from './bench-reflector.ts'
import { differences } from './observed-sink.ts'
import { until } from './until.ts'

let bench: ReflectorBench | undefined
afterEach(async () => {
  await bench?.close()
  bench = undefined
})

async function start(options?: BenchOptions): Promise<ReflectorBench> {
  bench = await startReflectorBench(options)
  await bench.caughtUp()
  return bench
}

const watching = ({ api }: ReflectorBench, more = 1) =>
  until('an open watch', () => api.openWatches('pods').length >= more)

/** Makes changes, waits for them, and demands that nothing was missed or made up. */
async function staysTrue(at: ReflectorBench): Promise<void> {
  for (let change = 0; change < 10; change += 1) at.life.step()
  await at.caughtUp()
  expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
  expect(at.sink.duplicates + at.sink.backwards).toBe(0)
}

describe('the watch survives', () => {
  it('W1 resumes from the last resource version and does not list again', async () => {
    const at = await start()
    at.life.world.put('pods', agentPod(0, 0, 1))
    await at.caughtUp()
    const seen = at.reflector.resourceVersion
    at.api.openWatches('pods')[0]?.cut('end')
    await until('a resumed watch', () => at.api.requests('watch') > 0)
    expect(at.api.last('watch')?.query.get('resourceVersion')).toBe(seen)
    await staysTrue(at)
    expect(at.reflector.counters.lists).toBe(1)
  })

  it('W2 asks for bookmarks, so that a quiet resource outlives a compaction', async () => {
    const at = await start({ prepare: (api) => (api.manners.streaming = 'refuse') })
    for (let round = 0; round < 3; round += 1) {
      at.life.world.put('nodes', { metadata: { name: `other-${round}` } })
      const { version } = at.life.world
      await until('a bookmark', () => Number(at.reflector.resourceVersion) >= version)
      at.life.world.compact()
    }
    expect(at.api.last('watch')?.query.get('allowWatchBookmarks')).toBe('true')
    await staysTrue(at)
    expect(at.reflector.counters.lists).toBe(1)
    expect(at.reflector.counters.bookmarks).toBeGreaterThanOrEqual(3)
  })

  it('W3 bounds the life of a watch: short when quiet, random minutes when busy', async () => {
    const at = await start({ prepare: (api) => (api.manners.streaming = 'refuse') })
    await watching(at)
    const quiet = Number(at.api.last('watch')?.query.get('timeoutSeconds'))
    expect(quiet).toBeGreaterThanOrEqual(13)
    expect(quiet).toBeLessThanOrEqual(16)
    for (let change = 0; change < 50; change += 1) at.life.step()
    await at.caughtUp()
    at.api.openWatches('pods')[0]?.cut('end')
    await until('the next watch', () => Number(at.api.last('watch')?.query.get('timeoutSeconds')) > 16)
    const busy = Number(at.api.last('watch')?.query.get('timeoutSeconds'))
    expect(busy).toBeGreaterThanOrEqual(300)
    expect(busy).toBeLessThanOrEqual(600)
    await staysTrue(at)
  })

  it.each(['reset', 'fin'] as const)('W4 comes back after a connection that ends by %s', async (how) => {
    const at = await start()
    for (let round = 0; round < 10; round += 1) {
      await watching(at)
      at.api.openWatches('pods')[0]?.cut(how)
      await staysTrue(at)
    }
    expect(at.reflector.counters.lists).toBe(1)
    // Each watch told something, so each cut was a first failure, and waited for as briefly.
    const failures = at.said.map((line) => /"failures":(\d+)/.exec(line)?.[1])
    expect(failures).toEqual(Array.from({ length: 10 }, () => '0'))
  })

  it.each([429, 500, 503, 504])(
    'W5 tries the same version again after HTTP %i, without a list',
    async (status) => {
      const at = await start()
      await watching(at)
      const version = at.reflector.resourceVersion
      at.api.faults.add(isWatch, { kind: 'answer', status, body: statusBody(status, 'Busy', 'try later') }, 3)
      at.api.openWatches('pods')[0]?.cut('reset')
      await until('the refusals to pass', () => at.api.faults.left === 0)
      expect(at.api.last('watch')?.query.get('resourceVersion')).toBe(version)
      await staysTrue(at)
      expect(at.reflector.counters.lists).toBe(1)
    },
  )

  it('W5 tries again while connections are refused', async () => {
    const at = await start()
    at.api.faults.add(isWatch, { kind: 'cut', how: 'reset' }, 5)
    at.api.openWatches('pods')[0]?.cut('reset')
    await until('the refusals to pass', () => at.api.faults.left === 0)
    await staysTrue(at)
    expect(at.reflector.counters.lists).toBe(1)
  })

  it('W5 waits as long as Retry-After says', async () => {
    const at = await start()
    const busy = { kind: 'answer', status: 429, headers: { 'retry-after': '1' } } as const
    at.api.faults.add(isWatch, busy)
    const asked: number[] = []
    at.api.faults.add((request) => isWatch(request) && asked.push(performance.now()) < 0, { kind: 'hang' })
    at.api.openWatches('pods')[0]?.cut('reset')
    await until('the refusal', () => at.api.faults.left === 1)
    const refused = performance.now()
    await until('the next try', () => asked.length > 0)
    expect((asked[0] ?? 0) - refused).toBeGreaterThan(950)
    await staysTrue(at)
  })

  it('W6 tries a failed list again, by stream and by pages', async () => {
    for (const streaming of ['serve', 'refuse'] as const) {
      const at = await start({
        prepare(api) {
          api.manners.streaming = streaming
          api.faults.add(isFill, { kind: 'answer', status: 500 }, 2)
          api.faults.add(isFill, { kind: 'cut', how: 'reset' })
          api.faults.add(isFill, { kind: 'break-off', bytes: 900, how: 'fin' })
          api.faults.add(isFill, { kind: 'answer', status: 200, body: '' })
        },
      })
      expect(at.api.faults.left).toBe(0)
      await staysTrue(at)
      await at.close()
    }
  })

  it.each(['status', 'event'] as const)(
    'W7 lists again when the version expired, told by %s',
    async (expiry) => {
      const at = await start({
        prepare(api) {
          api.manners.expiry = expiry
          api.manners.streaming = 'refuse'
        },
      })
      await watching(at)
      at.api.faults.add(isWatch, { kind: 'cut', how: 'reset' }, 2)
      at.api.openWatches('pods')[0]?.cut('reset')
      for (let change = 0; change < 30; change += 1) at.life.step()
      at.life.world.compact()
      await until('the second list', () => at.reflector.counters.lists === 2)
      const first = at.api.last('list')
      expect(first?.query.get('resourceVersionMatch')).toBe('NotOlderThan')
      expect(Number(first?.query.get('resourceVersion'))).toBeGreaterThan(0)
      await staysTrue(at)
    },
  )

  it('W7 asks for the newest list when the version is refused on the list too', async () => {
    const at = await start({ prepare: (api) => (api.manners.streaming = 'refuse') })
    at.api.faults.add(isWatch, { kind: 'answer', status: 410, body: expiredBody() })
    at.api.faults.add(isFill, { kind: 'answer', status: 504, body: tooLargeBody('9', 1) })
    at.api.openWatches('pods')[0]?.cut('reset')
    await until('the second list', () => at.reflector.counters.lists === 2)
    expect(at.api.last('list')?.query.get('resourceVersion')).toBeNull()
    await staysTrue(at)
  })

  it('W7 starts a list again when its continuation expired', async () => {
    const at = await start({
      pods: 50,
      timing: { pageSize: 10 },
      prepare(api) {
        api.manners.streaming = 'refuse'
        api.faults.add(({ kind }) => kind === 'page', { kind: 'answer', status: 410, body: expiredBody() }, 2)
      },
    })
    expect(at.api.requests('list')).toBe(3)
    await staysTrue(at)
  })

  it('W8 spreads its waits, so that many dashboards do not come back together', async () => {
    const draws: number[] = []
    const random = () => draws[draws.push((draws.length * 0.37) % 1) - 1] ?? 0
    const at = await start({ with: { random } })
    const before = draws.length
    at.api.faults.add(isWatch, { kind: 'cut', how: 'reset' }, 4)
    at.api.openWatches('pods')[0]?.cut('reset')
    await until('the refusals to pass', () => at.api.faults.left === 0)
    expect(draws.length - before).toBeGreaterThanOrEqual(5)
    await staysTrue(at)
  })

  it.each([
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'missing'],
  ] as const)('says so on HTTP %i, polls slowly and comes back', async (status, state) => {
    const at = await start({ timing: { ...hurried(20), slowPollMs: [40, 80] } })
    await watching(at)
    at.api.faults.add(isWatch, { kind: 'answer', status, body: statusBody(status, 'No', 'not for you') }, 3)
    at.api.openWatches('pods')[0]?.cut('reset')
    await until('the state', () => at.sink.freshnesses.some((freshness) => freshness.state === state))
    expect(at.sink.freshnesses.at(-1)?.message).toContain('not for you')
    await until('life again', () => at.sink.freshnesses.at(-1)?.state === 'live')
    await staysTrue(at)
    expect(at.reflector.counters.lists).toBe(1)
  })
})
