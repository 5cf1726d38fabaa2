import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

/** A list of names and values, for `Fact`s. */
export function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-3">
      <h3 className="mb-1 text-xs font-medium text-faint">{title}</h3>
      <dl className="text-sm">{children}</dl>
    </section>
  )
}

/** One name and its value. `copy` is the text that its button copies; such values are set in the mono face. */
export function Fact({ name, copy, children }: { name: string; copy?: string; children: ReactNode }) {
  const copies = copy !== undefined && copy !== ''
  return (
    <div className="grid min-h-7 grid-cols-[108px_minmax(0,1fr)] items-center gap-x-2">
      <dt className="text-muted">{name}</dt>
      <dd className="flex min-w-0 items-center gap-2">
        <span className={`min-w-0 flex-1 py-1 break-words ${copies ? 'font-mono text-xs' : ''}`}>
          {children}
        </span>
        {copies && <CopyButton text={copy} name={name} className="!size-6 max-tablet:!size-9" />}
      </dd>
    </div>
  )
}
