import { formatDuration } from '../../lib/fleet/duration.ts'
import type { Operation, OperationResult } from '../../lib/fleet/operations/operation.ts'

/** An operation that somebody wants to be told of. */
export interface Watched {
  uid: string
  title: string
}

interface Notice {
  uid: string
  title: string
  body: string
}

const ENDS: Record<Exclude<OperationResult, 'running'>, string> = {
  done: 'is done',
  failed: 'failed',
  dropped: 'was not finished',
}

function noticeOf({ uid, title }: Watched, operation: Operation | undefined): Notice | null {
  // The server of the dashboard began anew, or so much happened since that it keeps it no more.
  if (operation === undefined) return { uid, title, body: 'How it ended is not known any more: look at it.' }
  const { result, message, took } = operation
  if (result === 'running') return null
  const time = took === null ? '' : ` after ${formatDuration(took)}`
  return { uid, title: `${title} ${ENDS[result]}${time}`, body: message }
}

/** What is to be told now of what is watched, and what is still waited for. Nothing before the fleet is there. */
export function noticesDue(
  watched: readonly Watched[],
  operations: ReadonlyMap<string, Operation>,
  loaded: boolean,
): { due: Notice[]; left: readonly Watched[] } {
  if (!loaded) return { due: [], left: watched }
  const due = watched.flatMap((one) => noticeOf(one, operations.get(one.uid)) ?? [])
  return { due, left: watched.filter(({ uid }) => !due.some((notice) => notice.uid === uid)) }
}
