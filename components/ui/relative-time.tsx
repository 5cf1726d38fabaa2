/** A time in words; `exact` is its tip, `iso` its machine-readable value. */
export function RelativeTime({ text, iso, exact }: { text: string; iso: string; exact: string }) {
  return (
    <time dateTime={iso} data-tip={exact} className="tabular-nums">
      {text}
    </time>
  )
}
