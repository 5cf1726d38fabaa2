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

function noticeOf(
  { uid, title }: Watched,
  operation: Operation | undefined,
  settled: boolean,
): Notice | null {
  if (operation === undefined) {
    // The server of the dashboard began anew, or so much happened since that it keeps it no more.
    return settled ? { uid, title, body: 'How it ended is not known any more: look at it.' } : null
  }
  const { result, message, took } = operation
  if (result === 'running') return null
  const time = took === null ? '' : ` after ${formatDuration(took)}`
  return { uid, title: `${title} ${ENDS[result]}${time}`, body: message }
}

/**
 * What is to be told now of what is watched, and what is still waited for.
 * @param settled what is not listed by now is not listed at all
 */
export function noticesDue(
  watched: readonly Watched[],
  operations: ReadonlyMap<string, Operation>,
  settled: boolean,
): { due: Notice[]; left: readonly Watched[] } {
  const due = watched.flatMap((one) => noticeOf(one, operations.get(one.uid), settled) ?? [])
  return { due, left: watched.filter(({ uid }) => !due.some((notice) => notice.uid === uid)) }
}
