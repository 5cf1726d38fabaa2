import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { ResourceFreshness, WatchedResource } from '../../lib/fleet/freshness.ts'
import { compareResourceVersions } from '../../lib/kube/resource-version.ts'
import type { Identity, WatchSink } from '../../lib/kube/watch-sink.ts'
import type { World } from '../faulty-api/world.ts'

export interface VersionRow extends Identity {
  version: string
}

/** Keeps of an object who it is and which version of it was seen. */
export function versionRow({ metadata = {} }: KubeObject): VersionRow {
  const { uid = '', namespace = '', name = '', resourceVersion = '' } = metadata
  return { uid, namespace, name, version: resourceVersion }
}

export interface ObservedSink extends WatchSink<VersionRow> {
  rows: Map<string, VersionRow>
  /** `put a/x 1204`, `remove uid`, `replace 12`, in the order of the calls. */
  calls: string[]
  freshnesses: ResourceFreshness[]
  /** Two rows of one name at a time, and rows that went back to an older version. */
  duplicates: number
  backwards: number
}

/** A sink that keeps rows and notices at once what may never happen. */
export function createObservedSink(): ObservedSink {
  const uidOfName = new Map<string, string>()
  const nameOf = (row: VersionRow) => `${row.namespace}/${row.name}`
  const sink: ObservedSink = {
    rows: new Map(),
    calls: [],
    freshnesses: [],
    duplicates: 0,
    backwards: 0,
    replace(rows) {
      sink.calls.push(`replace ${rows.length}`)
      for (const row of rows) noteAge(row)
      sink.rows = new Map(rows.map((row) => [row.uid, row]))
      uidOfName.clear()
      for (const row of rows) uidOfName.set(nameOf(row), row.uid)
    },
    put(row) {
      sink.calls.push(`put ${nameOf(row)} ${row.version}`)
      const sameName = uidOfName.get(nameOf(row))
      if (sameName !== undefined && sameName !== row.uid) sink.duplicates += 1
      noteAge(row)
      sink.rows.set(row.uid, row)
      uidOfName.set(nameOf(row), row.uid)
    },
    remove(uid) {
      sink.calls.push(`remove ${uid}`)
      const row = sink.rows.get(uid)
      if (row && uidOfName.get(nameOf(row)) === uid) uidOfName.delete(nameOf(row))
      sink.rows.delete(uid)
    },
    freshness(now) {
      sink.freshnesses.push(now)
    },
  }
  const noteAge = (row: VersionRow) => {
    const before = sink.rows.get(row.uid)
    if (before && compareResourceVersions(row.version, before.version) < 0) sink.backwards += 1
  }
  return sink
}

/** What the sink has less (`missed`, or older) and more (`phantom`) than the world. */
export function differences(sink: ObservedSink, world: World, resource: WatchedResource) {
  const truth = new Map(world.all(resource).map((stored) => [stored.uid, String(stored.version)]))
  const missed = [...truth].filter(([uid, version]) => sink.rows.get(uid)?.version !== version).length
  const phantom = [...sink.rows.keys()].filter((uid) => !truth.has(uid)).length
  return { missed, phantom }
}
