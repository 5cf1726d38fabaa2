import { Ban, FileWarning, Info, Replace } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Vm, VmPhase } from '../../lib/fleet/vm.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { PHASE_LOOKS } from './phase-looks.ts'

function Note({ tone, Icon, children }: { tone: VmPhase; Icon: LucideIcon; children: ReactNode }) {
  return (
    <div data-phase={tone} className="chip-problem flex gap-2 rounded-lg px-3 py-2 text-sm">
      <Icon aria-hidden size={14} strokeWidth={1.9} className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1 space-y-1.5 break-words">{children}</div>
    </div>
  )
}

interface VmNoticesProps {
  vm: Vm
  /** It has taken the name of the VM that the panel was opened for. */
  replaced: boolean
}

/** What somebody should know about a VM before anything else. */
export function VmNotices({ vm, replaced }: VmNoticesProps) {
  const { message, deadLetter, postCloneHint, problems, managed, phase } = vm
  const quiet = message === '' && !deadLetter && postCloneHint === '' && problems.length === 0
  if (quiet && managed && !replaced) return null
  return (
    <div className="flex flex-col gap-2 px-4 pb-3">
      {replaced && (
        <Note tone="unreachable" Icon={Replace}>
          Another VM has taken this name. The one that you opened is gone; what follows is about the new one.
        </Note>
      )}
      {message !== '' && (
        <Note tone={phase} Icon={PHASE_LOOKS[phase].Icon}>
          <bdi>{message}</bdi>
        </Note>
      )}
      {deadLetter && (
        <Note tone="failed" Icon={Ban}>
          The operator has given up rebuilding it. Deleting its pod starts over.
        </Note>
      )}
      {problems.length > 0 && (
        <Note tone="unreachable" Icon={FileWarning}>
          <p>Not everything about it could be read:</p>
          <ul className="list-disc pl-4">
            {problems.map((problem) => (
              <li key={problem}>
                <bdi>{problem}</bdi>
              </li>
            ))}
          </ul>
        </Note>
      )}
      {!managed && (
        <Note tone="scheduling" Icon={Info}>
          Static: Cocoon shows it but does not run it.
        </Note>
      )}
      {postCloneHint !== '' && (
        <>
          <p className="text-sm text-muted">The guest still needs these commands after its clone:</p>
          <CodeBlock name="commands" code={postCloneHint} />
        </>
      )}
    </div>
  )
}
