import { LoaderCircle } from 'lucide-react'
import { formatCount } from '../ui/format-count.ts'

/** Says that it is still being asked what this person may do where the targets are, and how far that is. */
export function RightsLine({
  answered,
  of,
  onGiveUp,
}: {
  /** Namespaces. */
  answered: number
  of: number
  onGiveUp: () => void
}) {
  return (
    <p className="flex items-center gap-2 text-xs text-muted tabular-nums">
      <LoaderCircle aria-hidden size={13} strokeWidth={1.9} className="shrink-0 animate-spin" />
      <output>
        {of === 1
          ? 'The cluster is asked what you may do there'
          : `The cluster is asked what you may do: ${formatCount(answered)} of ${formatCount(of)} namespaces`}
      </output>
      <button
        type="button"
        className="ml-auto shrink-0 rounded-sm underline underline-offset-2"
        onClick={onGiveUp}
      >
        Don’t wait
      </button>
    </p>
  )
}
