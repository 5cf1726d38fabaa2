'use client'

import { useState } from 'react'
import { kubectlScript } from '../../lib/fleet/bulk/plan.ts'
import type { BulkPlan } from '../../lib/fleet/bulk/plan.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { formatCount } from '../ui/format-count.ts'

/** More commands than this are copied, not read. */
const READABLE = 5

/** The commands with the same effect, as a small script. */
export function BulkScript({ plan }: { plan: BulkPlan }) {
  const [open, setOpen] = useState(false)
  const count = plan.doable.length
  const rest = count - READABLE
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="space-y-1.5">
      <summary className="cursor-pointer rounded-sm text-xs font-medium text-muted hover:text-text max-tablet:py-1.5">
        The same in a shell
      </summary>
      {open && (
        <>
          <CodeBlock
            name={rest > 0 ? `the first ${READABLE} commands` : 'script'}
            code={kubectlScript(plan, READABLE)}
          />
          {rest > 0 && (
            <p className="flex items-center gap-1 text-xs text-muted">
              and {formatCount(rest)} more: copy all {formatCount(count)}
              <CopyButton text={kubectlScript(plan)} name={`all ${formatCount(count)} commands`} />
            </p>
          )}
        </>
      )}
    </details>
  )
}
