import type { ReactNode } from 'react'
import type { ActionAnswer } from '../../lib/fleet/writes/answer.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ObjectDiff } from './object-diff.tsx'
import type { ShownWrite } from './plan-of.ts'

function Fold({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  return (
    <details open={open} className="space-y-1.5">
      <summary className="cursor-pointer rounded-sm text-xs font-medium text-muted hover:text-text max-tablet:py-1.5">
        <bdi>{title}</bdi>
      </summary>
      {children}
    </details>
  )
}

function Changes({ answer: { object, preview, write } }: { answer: ActionAnswer }) {
  if (preview === undefined) return null
  const { before, after } = preview
  const name = `${object.kind} ${object.namespace}/${object.name}`
  // All of what is deleted goes: its lines are there for who wants to see them.
  return (
    <Fold title={`What changes in ${name}`} open={write.method !== 'DELETE'}>
      <ObjectDiff before={before} after={after} name={name} />
    </Fold>
  )
}

/** As high as most changes are, so that the button below stays where it is when they come. */
function Awaited() {
  return (
    <div aria-hidden className="h-52 space-y-2.5 rounded-lg border border-line px-3 py-4">
      {['70%', '45%', '60%', '40%', '55%'].map((width) => (
        <div key={width}>
          <Skeleton width={width} />
        </div>
      ))}
    </div>
  )
}

/**
 * What the click sends to the cluster, what changes by it as far as the cluster has tried it, and the command that
 * would do the same.
 */
export function ActWrite({
  write,
  answer,
  asking = false,
}: {
  write: ShownWrite
  /** Of the dry run; null while there is none. */
  answer: ActionAnswer | null
  asking?: boolean
}) {
  return (
    <div className="space-y-2.5">
      {asking && write.method !== 'DELETE' && <Awaited />}
      {answer !== null && <Changes answer={answer} />}
      <section className="space-y-1.5">
        <h3 className="text-xs font-medium text-faint">The same in a shell</h3>
        <CodeBlock name="command" code={write.kubectl} />
      </section>
      <Fold title="What is written" open={false}>
        <CodeBlock name="request" code={`${write.method} ${write.path}\n\n${write.body}`} />
      </Fold>
    </div>
  )
}
