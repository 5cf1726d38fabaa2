import type { KubeObject } from '../cocoon/kube-json.ts'
import { failureWords } from './failure-words.ts'
import type { ReflectorCounters, ReflectorLog } from './reflector-counters.ts'
import { compareResourceVersions } from './resource-version.ts'
import type { ObjectVersion } from './watch-frame.ts'
import type { Identity, WatchSink } from './watch-sink.ts'

/** All that is kept of an object: enough to tell old from new, and a namesake from the same. */
export interface Held {
  uid: string
  resourceVersion: string
  /** The sink has a row of it. */
  shown: boolean
}

/** An object of a list that is still being read. */
export interface Listed<Row> {
  version: ObjectVersion
  row: Row | null
}

export interface Holdings<Row extends Identity> {
  /** Everything up to here has been told to the sink; '' before the first list. */
  readonly resourceVersion: string
  /** Counts complete lists. */
  readonly generation: number
  readonly held: ReadonlyMap<string, Held>
  read(object: KubeObject, version: ObjectVersion): Listed<Row>
  /** False when the sink did not take the list: then nothing has changed here either. */
  replace(list: ReadonlyMap<string, Listed<Row>>, resourceVersion: string): boolean
  apply(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject, version: ObjectVersion): void
  advance(resourceVersion: string): void
  /** Called with the key of every object that changes, and with undefined whenever history moves on. */
  observe(listener: (key: string | undefined) => void): () => void
}

export interface HoldingsOptions<Row extends Identity> {
  name: string
  project(object: KubeObject): Row | null
  sink: WatchSink<Row>
  counters: ReflectorCounters
  log: ReflectorLog
  /** Once aborted, nobody is told anything any more. */
  stopped: AbortSignal
  onQuarantine?(identity: Identity, error: unknown): void
}

/** `NAMESPACE/NAME`. Joined, because a template would keep its parts in memory beside it. */
export const keyOf = ({ namespace, name }: Omit<Identity, 'uid'>) => [namespace, name].join('/')

/**
 * What the reflector holds, and the only place that tells the sink. Older events never overwrite newer
 * ones, a new uid under an old name is a removal and an arrival, and neither a projection nor a sink that
 * throws gets past its object.
 */
export function createHoldings<Row extends Identity>(options: HoldingsOptions<Row>): Holdings<Row> {
  const { name, project, sink, counters, log, stopped, onQuarantine } = options
  const listeners = new Set<(key: string | undefined) => void>()
  let held = new Map<string, Held>()
  let toldUpTo = ''
  let generation = 0

  const tell = (what: () => void, identity?: Identity) => {
    if (stopped.aborted) return false
    try {
      what()
      return true
    } catch (error) {
      counters.sinkErrors += 1
      const about = identity ? keyOf(identity) : 'the list'
      log.error(
        { resource: name, object: about, reason: failureWords(error) },
        'a reader of the watch failed',
      )
      return false
    }
  }
  const quarantine = (version: ObjectVersion, error: unknown) => {
    counters.quarantined += 1
    const { uid, namespace, name: objectName } = version
    log.error(
      { resource: name, object: keyOf(version), uid, reason: failureWords(error) },
      'an object cannot be read; it is not shown',
    )
    tell(() => onQuarantine?.({ uid, namespace, name: objectName }, error), version)
  }
  const read = (object: KubeObject, version: ObjectVersion): Listed<Row> => {
    try {
      return { version, row: project(object) }
    } catch (error) {
      quarantine(version, error)
      return { version, row: null }
    }
  }
  const moved = (to: string, key: string | undefined) => {
    toldUpTo = to
    for (const listener of listeners) listener(key)
  }
  const put = (key: string, { version, row }: Listed<Row>) => {
    const before = held.get(key)
    if (before?.shown && (before.uid !== version.uid || row === null)) {
      tell(() => sink.remove(before.uid), version)
    }
    const shown = row !== null && tell(() => sink.put(row), version)
    // What the sink did not take counts as never seen, so that the next audit finds it and a list repairs it.
    const resourceVersion = shown || row === null ? version.resourceVersion : '0'
    held.set(key, { uid: version.uid, resourceVersion, shown })
  }
  const remove = (key: string, version: ObjectVersion) => {
    const before = held.get(key)
    if (before === undefined || before.uid !== version.uid) return
    held.delete(key)
    if (before.shown) tell(() => sink.remove(before.uid), version)
  }

  return {
    get resourceVersion() {
      return toldUpTo
    },
    get generation() {
      return generation
    },
    get held() {
      return held
    },
    read,
    replace(list, at) {
      const rows: Row[] = []
      const next = new Map<string, Held>()
      for (const [key, { version, row }] of list) {
        if (row !== null) rows.push(row)
        next.set(key, { uid: version.uid, resourceVersion: version.resourceVersion, shown: row !== null })
      }
      if (!tell(() => sink.replace(rows))) return false
      held = next
      generation += 1
      moved(at, undefined)
      return true
    },
    apply(type, object, version) {
      counters.events += 1
      if (compareResourceVersions(version.resourceVersion, toldUpTo) <= 0) {
        counters.ignored += 1
        return
      }
      const key = keyOf(version)
      if (type === 'DELETED') remove(key, version)
      else put(key, read(object, version))
      moved(version.resourceVersion, key)
    },
    advance(to) {
      counters.bookmarks += 1
      if (compareResourceVersions(to, toldUpTo) > 0) moved(to, undefined)
    },
    observe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
