import type { Presentation } from './represent.ts'
import { objectText } from './represent.ts'
import type { Change } from './revision-log.ts'
import type { Selection } from './selection.ts'
import type { Status } from './status.ts'
import type { Stored } from './stored.ts'

const frame = (type: string, object: string) => Buffer.from(`{"type":"${type}","object":${object}}\n`)

export function bookmarkFrame(object: string): Buffer {
  return frame('BOOKMARK', object)
}

export function errorFrame(status: Status): Buffer {
  return frame('ERROR', JSON.stringify(status))
}

/** The synthetic event with which a watch without a start revision tells what is there already. */
export function initialFrame(stored: Stored, how: Presentation): Buffer {
  return frame('ADDED', objectText(stored, how))
}

/** What a change is for one selection: entering it is ADDED, leaving it DELETED, neither is nothing. */
function seenAs(change: Change, matches: Selection['matches']): string | undefined {
  if (!matches) return change.type
  const before = change.previous !== undefined && matches(change.previous.object)
  const after = change.type !== 'DELETED' && matches(change.stored.object)
  if (before && after) return 'MODIFIED'
  if (after) return 'ADDED'
  return before ? 'DELETED' : undefined
}

/** An object that left a selection is shown as it was, at the revision at which it left. */
function departed(change: Change): Stored {
  const { previous, stored } = change
  if (change.type === 'DELETED' || !previous) return stored
  const metadata = { ...previous.object.metadata, resourceVersion: String(change.revision) }
  return { ...previous, revision: change.revision, object: { ...previous.object, metadata }, bare: undefined }
}

/** The bytes of a change for a watcher, serialised once for all watchers who see the same. */
export function changeFrame(
  change: Change,
  selection: Selection,
  presentation: () => Presentation,
): Buffer | undefined {
  const type = seenAs(change, selection.matches)
  if (type === undefined) return undefined
  const how = presentation()
  const columns = how.form === 'table' && !how.later
  const key = [type, how.form, how.version, how.includeObject, how.as?.group, columns].join(' ')
  const made = change.frames.get(key)
  if (made) return made
  const stored = type === 'DELETED' ? departed(change) : change.stored
  const bytes = frame(type, objectText(stored, how))
  change.frames.set(key, bytes)
  return bytes
}
