import { formatDuration } from '../../lib/fleet/duration.ts'
import { usualWords } from '../../lib/fleet/operations/progress-words.ts'
import type {
  Operation,
  OperationKind,
  OperationResult,
  Usual,
} from '../../lib/fleet/operations/operation.ts'

interface KindWords {
  /** Before the name of the object: "Hibernate web-1". */
  verb: string
  /** While it runs. */
  running: string
}

const KINDS: Record<OperationKind, KindWords> = {
  hibernate: { verb: 'Hibernate', running: 'Hibernating' },
  wake: { verb: 'Wake', running: 'Waking' },
  create: { verb: 'Create', running: 'Being created' },
  fork: { verb: 'Fork', running: 'Being forked' },
  restart: { verb: 'Recreate', running: 'Being recreated' },
  migrate: { verb: 'Move', running: 'Moving' },
  suspend: { verb: 'Suspend', running: 'Suspending' },
  resume: { verb: 'Resume', running: 'Resuming' },
  delete: { verb: 'Delete', running: 'Being deleted' },
}

const ENDS: Record<Exclude<OperationResult, 'running'>, string> = {
  done: 'Done',
  failed: 'Failed',
  dropped: 'Not finished',
}

/** "Suspend set web", "Wake web-1". */
export const operationTitle = ({ kind, on, name }: Operation): string =>
  `${KINDS[kind].verb} ${on === 'set' ? 'set ' : ''}${name}`

/** How it stands: "Waking for 4 s, usually 6 s", "Done in 6 s". */
export function operationState(operation: Operation, usual: Usual | undefined, now: number): string {
  const { kind, result, began, took } = operation
  if (result !== 'running') return took === null ? ENDS[result] : `${ENDS[result]} in ${formatDuration(took)}`
  const time = usualWords(usual)
  const running = `${KINDS[kind].running} for ${formatDuration(now - Date.parse(began))}`
  return time === '' ? running : `${running}, ${time}`
}

/** The newest first; what runs before what has ended. */
export function inOrder(operations: Iterable<Operation>): { running: Operation[]; ended: Operation[] } {
  const all = [...operations].sort((a, b) => (b.ended ?? b.began).localeCompare(a.ended ?? a.began))
  return {
    running: all.filter(({ ended }) => ended === null),
    ended: all.filter(({ ended }) => ended !== null),
  }
}
