import { objectPath } from '../../fleet/writes/planned-write.ts'
import type { PlannedWrite } from '../../fleet/writes/planned-write.ts'
import { fieldsOf } from '../../fleet/reader.ts'
import { pause } from '../abort.ts'
import { compareResourceVersions } from '../resource-version.ts'
import { decodeWatchLine } from '../watch-frame.ts'
import type { Called } from './api-call.ts'
import type { Acting, KubeJson } from './deed.ts'
import { hasWriter } from './last-writer.ts'
import { uidOf, versionOf } from './object-metadata.ts'
import { readLive } from './read-live.ts'
import { sendWrite } from './send-write.ts'

/** A write whose answer did not come: it may have been done, or may still be. */
export interface PendingWrite {
  write: PlannedWrite
  manager: string
  /** The version of the object that the write rests on; '' when the write makes it. */
  since: string
  /** uid of that object; '' likewise. */
  uid: string
}

const NEVER = new AbortController().signal
const RESEND_MS = [20, 50, 100, 200, 400, 800, 1_600, 3_200]
const HISTORY_SECONDS = 3

/** Every version after `since` up to `until`, as far as the API server still has them; undefined when it has not. */
async function written(
  acting: Acting,
  pending: PendingWrite,
  until: string,
): Promise<KubeJson | null | undefined> {
  const { write, manager, since } = pending
  const answer = await acting.transport.open({
    path: objectPath({ ...write, name: '' }),
    query: {
      watch: 1,
      fieldSelector: `metadata.name=${write.name}`,
      resourceVersion: since,
      timeoutSeconds: HISTORY_SECONDS,
    },
    compressed: false,
  })
  try {
    if (answer.status !== 200) return undefined
    for await (const line of answer.lines()) {
      const frame = decodeWatchLine(line)
      if (frame.type === 'ERROR' || frame.type === 'bad') return undefined
      if (frame.type === 'BOOKMARK') continue
      const object = fieldsOf(frame.object)
      if (hasWriter(object, manager)) return object
      if (compareResourceVersions(frame.version.resourceVersion, until) >= 0) return null
    }
    return undefined
  } finally {
    answer.discard()
  }
}

/** Whether a write that the API server now refuses had been done before; undefined when that cannot be told. */
async function wasDone(acting: Acting, pending: PendingWrite): Promise<KubeJson | null | undefined> {
  const { write, manager, since, uid } = pending
  const live = await readLive(acting, write)
  if (write.method === 'DELETE') {
    const gone = live === null || uidOf(live) !== write.body.preconditions.uid
    return gone ? { metadata: { uid: write.body.preconditions.uid } } : null
  }
  if (live !== null && hasWriter(live, manager)) return live
  if (write.method === 'POST') return null
  if (live === null || uidOf(live) !== uid) return undefined
  return versionOf(live) === since ? null : written(acting, pending, versionOf(live))
}

/**
 * Finds out what became of a write whose answer did not come. The very same write is sent again, which its
 * preconditions allow to be done once at most; when it is refused, the object's record and history tell whether the
 * first was done. `unanswered` when the API server does not answer in some seconds, or has lost that history.
 */
export async function settle(acting: Acting, pending: PendingWrite): Promise<Called> {
  let why = ''
  for (const wait of RESEND_MS) {
    await pause(wait, NEVER)
    const again = await sendWrite(acting, pending.write, pending.manager)
    if (again.kind === 'ok') return again
    if (again.kind === 'unanswered') {
      why = again.why
      continue
    }
    const done = await wasDone(acting, pending).catch(() => undefined)
    if (done === undefined) return { kind: 'unanswered', why: why || again.refusal.words }
    return done === null ? again : { kind: 'ok', body: done, warnings: [] }
  }
  return { kind: 'unanswered', why }
}
