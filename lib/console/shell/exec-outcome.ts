import type { ShellExit } from '../../fleet/console/shell-frames.ts'
import { fieldsOf, itemsOf } from '../../fleet/reader.ts'
import { safeText } from '../../kube/failure-words.ts'

const MOST_WORDS = 1_000

/** How a command ended, by the Status that the API server sends last (Kubernetes, remotecommand v4 and v5). */
export function exitOf(text: string): ShellExit {
  let status: Record<string, unknown>
  try {
    status = fieldsOf(JSON.parse(text))
  } catch {
    return { code: null, message: safeText(text, MOST_WORDS) }
  }
  if (status.status === 'Success') return { code: 0, message: '' }
  const message = typeof status.message === 'string' ? safeText(status.message, MOST_WORDS) : ''
  if (status.reason !== 'NonZeroExitCode') return { code: null, message }
  const causes = itemsOf(fieldsOf(status.details).causes)
  const cause = causes.find(({ reason }) => reason === 'ExitCode')
  const code = /^\d{1,3}$/.test(String(cause?.message)) ? Number(cause?.message) : null
  return code === null ? { code, message } : { code, message: '' }
}
