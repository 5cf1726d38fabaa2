import { linkedAbort, pause } from './abort.ts'
import { METADATA_ONLY, readPages } from './paged-list.ts'
import type { ReflectorCore } from './reflector-core.ts'
import { compareResourceVersions } from './resource-version.ts'
import { keyOf } from './holdings.ts'
import { versionOf, type ObjectVersion } from './watch-frame.ts'
import type { Identity } from './watch-sink.ts'

/**
 * Compares a fresh list, metadata only, with what is held, once the watch has reached that list. Objects
 * that changed meanwhile are left out, so whatever differs was missed or made up.
 * @returns the names that differ, or undefined when no comparison was possible
 */
export async function audit<Row extends Identity>(core: ReflectorCore<Row>): Promise<string[] | undefined> {
  const { holdings } = core
  const { generation } = holdings
  const touched = new Set<string>()
  const stopObserving = holdings.observe((key) => key !== undefined && touched.add(key))
  try {
    const truth = new Map<string, ObjectVersion>()
    const end = await readPages(core, { accept: METADATA_ONLY }, (item) => {
      const version = versionOf(item)
      if (version) truth.set(keyOf(version), version)
    })
    if (end.kind !== 'complete' || !(await reached(core, end.resourceVersion))) return undefined
    if (holdings.generation !== generation) return undefined
    const missed = [...truth].filter(([key, version]) => {
      const held = holdings.held.get(key)
      return held?.uid !== version.uid || held.resourceVersion !== version.resourceVersion
    })
    const phantom = [...holdings.held.keys()].filter((key) => !truth.has(key))
    return [...missed.map(([key]) => key), ...phantom].filter((key) => !touched.has(key))
  } finally {
    stopObserving()
  }
}

/** Waits until the watch has told everything up to `resourceVersion`; false when it does not get there. */
async function reached<Row extends Identity>(
  core: ReflectorCore<Row>,
  resourceVersion: string,
): Promise<boolean> {
  const { holdings, timing, stopped } = core
  const there = () => compareResourceVersions(holdings.resourceVersion, resourceVersion) >= 0
  const waiting = linkedAbort(stopped)
  const stopObserving = holdings.observe(() => there() && waiting.abort())
  if (!there()) await pause(timing.auditCatchUpMs, waiting.signal)
  stopObserving()
  waiting.release()
  return there() && !stopped.aborted
}
