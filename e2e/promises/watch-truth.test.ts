import { afterEach, describe, expect, it } from 'vitest'
import { startReflector, type Reflector } from '../../lib/kube/reflector.ts'
import { agentPod, namespaceOf, podName } from '../faulty-api/fleet-objects.ts'
import { isFill, isWatch } from '../faulty-api/faults.ts'
import { startReflectorBench, type BenchOptions, type ReflectorBench } from './bench-reflector.ts'
import { differences, versionRow } from './observed-sink.ts'
import { turns, until } from './until.ts'

let bench: ReflectorBench | undefined
afterEach(async () => {
  await bench?.close()
  bench = undefined
})

async function start(options?: BenchOptions): Promise<ReflectorBench> {
  bench = await startReflectorBench(options)
  await bench.caughtUp()
  await until('an open watch', () => bench?.api.openWatches('pods').length === 1)
  return bench
}

const first = `${namespaceOf(0)}/${podName(0, 0)}`

/** The watch is cut, and does not come back before what happened meanwhile is over and forgotten. */
function duringGap({ api, life }: ReflectorBench, happens: () => void): void {
  api.openWatches('pods')[0]?.cut('reset')
  happens()
  life.world.compact()
}

describe('the watch is true', () => {
  it('W9 a list replaces: what is not in it is gone', async () => {
    const at = await start()
    const gone = at.life.world.get('pods', first)?.uid ?? ''
    expect(at.sink.rows.has(gone)).toBe(true)
    duringGap(at, () => at.life.world.remove('pods', first))
    await until('the second list', () => at.reflector.counters.lists === 2)
    expect(at.sink.rows.has(gone)).toBe(false)
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
  })

  it('W10 a new uid under an old name is a removal and an arrival', async () => {
    const at = await start()
    const { before, after } = at.life.recreate()
    await at.caughtUp()
    const calls = at.sink.calls.slice(-2)
    expect(calls[0]).toBe(`remove ${before}`)
    expect(calls[1]).toMatch(/^put /)
    expect(at.sink.rows.has(after)).toBe(true)
    const again = { uid: '' }
    duringGap(at, () => Object.assign(again, { uid: at.life.recreate().after }))
    await until('the second list', () => at.reflector.counters.lists === 2)
    expect(at.sink.rows.has(again.uid)).toBe(true)
    expect(at.sink.duplicates).toBe(0)
  })

  it('W10 tells a namesake apart when the deletion itself was not heard', async () => {
    const at = await start()
    const old = at.life.world.get('pods', first)?.uid ?? ''
    at.api.openWatches('pods')[0]?.tamperNext(() => ({ bytes: Buffer.alloc(0) }))
    at.life.world.remove('pods', first)
    const { uid } = at.life.world.put('pods', agentPod(0, 0, 1))
    await at.caughtUp()
    expect(at.sink.calls.slice(-2)).toEqual([`remove ${old}`, expect.stringMatching(/^put /)])
    expect(at.sink.rows.has(uid)).toBe(true)
  })

  it('W11 believes in a history that went back only when the newest list says so again and again', async () => {
    const at = await start({ prepare: (api) => (api.manners.streaming = 'refuse') })
    const old = '{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":[]}'
    at.api.faults.add(isWatch, { kind: 'answer', status: 410 }, 2)
    at.api.faults.add(isFill, { kind: 'answer', status: 200, body: old }, 2)
    at.api.openWatches('pods')[0]?.cut('reset')
    await until('the doubtful lists to pass', () => at.api.faults.left === 0)
    await until('a list', () => at.reflector.counters.lists === 3)
    expect(at.reflector.counters.rollbacks).toBe(0)
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
    // Restored from a backup: the API server says the same as often as it is asked.
    at.api.faults.add(isWatch, { kind: 'answer', status: 410 })
    at.api.faults.add(isFill, { kind: 'answer', status: 200, body: old }, 4)
    await until('an open watch', () => at.api.openWatches('pods').length === 1)
    at.api.openWatches('pods')[0]?.cut('reset')
    await until('the rollback', () => at.reflector.counters.rollbacks === 1)
    expect(at.sink.calls).toContain('replace 0')
  })

  it('W11 an older event never overwrites a newer one, nor brings back the dead', async () => {
    const at = await start()
    at.life.world.put('pods', agentPod(0, 0, 1))
    at.life.world.put('pods', agentPod(0, 0, 2))
    at.life.world.remove('pods', `${namespaceOf(0)}/${podName(0, 1)}`)
    await at.caughtUp()
    at.api.manners.replay = 10
    at.api.openWatches('pods')[0]?.cut('reset')
    await until('the replay', () => at.reflector.counters.ignored >= 10)
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
    expect(at.sink.backwards).toBe(0)
  })

  it.each([
    ['garbage', 'not json at all\n'],
    ['an array', '[1,2,3]\n'],
    ['no object', '{"type":"ADDED"}\n'],
    ['an unknown type', '{"type":"RENAMED","object":{"metadata":{}}}\n'],
    ['no metadata', '{"type":"ADDED","object":{"kind":"Pod"}}\n'],
    ['an empty line', '\n'],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a])],
  ])('W12 %s in the stream is counted and repaired by a list', async (_, bytes) => {
    const at = await start()
    at.api.openWatches('pods')[0]?.tamperNext(() => ({ bytes: Buffer.from(bytes) }))
    at.life.world.put('pods', agentPod(0, 0, 1))
    await until('the repair', () => at.reflector.counters.lists === 2)
    expect(at.reflector.counters.badFrames).toBe(1)
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
  })

  it('W13 a reader that throws does not stop the stream', async () => {
    const at = await start()
    const { put } = at.sink
    at.sink.put = () => {
      throw new Error('a reader is broken')
    }
    at.life.world.put('pods', agentPod(0, 0, 1))
    await at.caughtUp()
    at.sink.put = put
    at.life.world.put('pods', agentPod(0, 1, 1))
    await at.caughtUp()
    expect(at.reflector.counters.sinkErrors).toBe(1)
    expect(at.api.openWatches('pods')).toHaveLength(1)
    expect(await at.reflector.audit()).toEqual([first])
    await until('the repair', () => at.reflector.counters.lists === 2)
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
  })

  it('W13 lists again when the reader failed on the list itself', async () => {
    const at = await startReflectorBench({ pods: 20 })
    bench = at
    const { replace } = at.sink
    let failures = 3
    at.sink.replace = (rows) => {
      failures -= 1
      if (failures >= 0) throw new Error('a reader is broken')
      replace(rows)
    }
    await at.caughtUp()
    expect(at.reflector.counters).toMatchObject({ sinkErrors: 3, lists: 1 })
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
  })

  it('W13 an object that cannot be projected is quarantined, and the others are shown', async () => {
    const quarantined: string[] = []
    const at = await start({
      with: {
        project(object) {
          if (object.metadata?.name === podName(0, 0)) throw new Error('poison')
          return versionRow(object)
        },
        onQuarantine: ({ name }) => quarantined.push(name),
      },
    })
    expect(quarantined).toEqual([podName(0, 0)])
    at.life.world.put('pods', agentPod(0, 0, 1))
    at.life.world.put('pods', agentPod(0, 1, 1))
    await at.caughtUp()
    expect(quarantined).toHaveLength(2)
    expect(at.reflector.counters.quarantined).toBe(2)
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 1, phantom: 0 })
    expect(at.api.openWatches('pods')).toHaveLength(1)
  })

  it('W14 stop means stop, also while waiting to try again', async () => {
    const at = await start()
    at.api.faults.add(isWatch, { kind: 'cut', how: 'reset' }, 1_000)
    at.api.openWatches('pods')[0]?.cut('reset')
    await until('some tries', () => at.api.faults.left <= 998)
    const told = at.sink.calls.length
    await at.reflector.stop()
    at.transport.close()
    const asked = at.api.requests()
    at.life.step()
    await until('the connections to close', () => at.api.connections === 0)
    await turns(50)
    expect(at.api.requests()).toBe(asked)
    expect(at.api.openWatches()).toHaveLength(0)
    expect(at.sink.calls).toHaveLength(told)
  })

  it.each(['serve', 'refuse'] as const)(
    'W14 tells nothing of a list during which it was stopped (%s)',
    async (streaming) => {
      const started: { reflector?: Reflector; stopped?: Promise<void> } = {}
      const at = await startReflectorBench({
        pods: 30,
        prepare: (api) => (api.manners.streaming = streaming),
        with: {
          project(object) {
            if (object.metadata?.name === podName(2, 2)) started.stopped = started.reflector?.stop()
            return versionRow(object)
          },
        },
      })
      bench = at
      started.reflector = at.reflector
      await until('the stop', () => started.stopped !== undefined)
      await started.stopped
      expect(at.sink.calls).toEqual([])
      expect(at.sink.freshnesses).toEqual([])
    },
  )

  it('W15 two starts are one stream', async () => {
    const at = await start()
    const second = startReflector(at.options)
    expect(second).toBe(at.reflector)
    at.life.step()
    await at.caughtUp()
    expect(at.api.openWatches('pods')).toHaveLength(1)
  })

  it('W16 takes the list as a stream where it is offered', async () => {
    const at = await start()
    expect(at.reflector.counters.streamedLists).toBe(1)
    expect(at.api.requests('list')).toBe(0)
    expect(Object.fromEntries(at.api.last('stream')?.query ?? [])).toMatchObject({
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: 'true',
    })
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
  })

  it.each(['refuse', 'ignore'] as const)(
    'W16 reads pages where streams are met with: %s',
    async (streaming) => {
      const at = await start({
        pods: 50,
        timing: { pageSize: 20 },
        prepare: (api) => (api.manners.streaming = streaming),
      })
      expect(at.api.requests('stream')).toBe(1)
      expect(at.reflector.counters.pages).toBe(3)
      expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
      duringGap(at, () => at.life.step())
      await until('the second list', () => at.reflector.counters.lists === 2)
      expect(at.api.requests('stream')).toBe(1)
    },
  )

  it.each([
    ['by an ordinary bookmark', 200, { streamPauseMs: 60_000 }, true],
    ['by a pause without end', 20, {}, false],
  ])('W16 notices %s that its wish for a stream was ignored', async (_, speed, timing, bookmarks) => {
    const at = await start({
      speed,
      timing,
      prepare: (api) => Object.assign(api.manners, { streaming: 'ignore', bookmarks }),
    })
    expect(at.reflector.counters).toMatchObject({ lists: 1, streamedLists: 0, pages: 1 })
    expect(at.api.requests('stream')).toBe(1)
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
  })

  it('W17 nothing of a streamed list counts before its end', async () => {
    const at = await startReflectorBench({
      prepare(api) {
        api.faults.add(isFill, { kind: 'hang' })
      },
    })
    bench = at
    expect(at.reflector.resourceVersion).toBe('')
    await until('the first request', () => at.api.requests('stream') === 1)
    at.life.step()
    expect(at.sink.calls).toEqual([])
    await at.caughtUp()
    expect(at.sink.calls[0]).toBe(`replace ${at.life.world.all('pods').length}`)
  })

  it('W17 a streamed list that is cut before its end starts over', async () => {
    const at = await startReflectorBench({
      pods: 100,
      prepare(api) {
        let cuts = 2
        api.onOpen = (watch) => {
          cuts -= 1
          if (cuts >= 0) watch.tamperNext((line) => ({ bytes: line.subarray(0, 99), cut: 'fin' }), 40)
        }
      },
    })
    bench = at
    await at.caughtUp()
    expect(at.api.requests('stream')).toBe(3)
    expect(at.sink.calls.filter((call) => call.startsWith('replace'))).toHaveLength(1)
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
  })

  it('audits against what the watch will tell, not against what it has told so far', async () => {
    const at = await start()
    const [view] = at.api.views
    // The watch lags behind the list, and more happens once the list is taken.
    view?.freeze()
    for (let change = 0; change < 10; change += 1) at.life.step()
    const audit = at.reflector.audit()
    await until('the list of the audit', () => at.api.requests('list') === 1)
    await until('the page to be read', () => at.reflector.counters.pages === 1)
    for (let change = 0; change < 30; change += 1) at.life.step()
    view?.thaw()
    expect(await audit).toEqual([])
    expect(at.reflector.counters).toMatchObject({ audits: 1, auditsSkipped: 0, divergences: 0, lists: 1 })
    await at.caughtUp()
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
  })

  it('skips an audit that the watch does not catch up with, or that a list overtakes', async () => {
    const at = await start({ timing: { auditCatchUpMs: 50 } })
    at.api.views[0]?.freeze()
    at.life.step()
    at.life.world.put('pods', agentPod(0, 0, 1))
    expect(await at.reflector.audit()).toBeUndefined()
    at.api.faults.add(({ kind }) => kind === 'list', { kind: 'answer', status: 500 })
    expect(await at.reflector.audit()).toBeUndefined()
    expect(at.reflector.counters).toMatchObject({ audits: 0, auditsSkipped: 2, divergences: 0 })
  })

  it('audits what it holds, and repairs what was missed without a sign', async () => {
    const at = await start()
    at.life.step()
    expect(await at.reflector.audit()).toEqual([])
    expect(at.reflector.counters).toMatchObject({ audits: 1, divergences: 0 })
    // The API server loses one event, and goes on as if it had sent it.
    at.api.openWatches('pods')[0]?.tamperNext(() => ({ bytes: Buffer.alloc(0) }))
    at.life.world.put('pods', agentPod(0, 0, 1))
    at.life.world.put('pods', agentPod(0, 1, 1))
    await at.caughtUp()
    expect(differences(at.sink, at.life.world, 'pods').missed).toBe(1)
    expect(await at.reflector.audit()).toEqual([first])
    await until('the repair', () => at.reflector.counters.lists === 2)
    expect(differences(at.sink, at.life.world, 'pods')).toEqual({ missed: 0, phantom: 0 })
    expect(at.reflector.counters.divergences).toBe(1)
  })
})
