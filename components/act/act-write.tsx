import { CodeBlock } from '../ui/code-block.tsx'
import type { ShownWrite } from './plan-of.ts'

/** What the click sends to the cluster, and the command that would do the same. */
export function ActWrite({ write }: { write: ShownWrite }) {
  return (
    <div className="space-y-2.5">
      <section className="space-y-1.5">
        <h3 className="text-xs font-medium text-faint">The same in a shell</h3>
        <CodeBlock name="command" code={write.kubectl} />
      </section>
      <details className="space-y-1.5">
        <summary className="cursor-pointer rounded-sm text-xs font-medium text-muted hover:text-text max-tablet:py-1.5">
          What is written
        </summary>
        <CodeBlock name="request" code={`${write.method} ${write.path}\n\n${write.body}`} />
      </details>
    </div>
  )
}
