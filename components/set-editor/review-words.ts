import type { CocoonSet } from '../../lib/cocoon/crd.ts'
import { verdictOf } from '../../lib/fleet/can/verdict.ts'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import { counted } from '../../lib/fleet/can/wording.ts'
import { editVerdict } from '../../lib/fleet/drift/edit-verdict.ts'
import { judgeEdit } from '../../lib/fleet/drift/judge-edit.ts'
import type { FleetIndex } from '../../lib/live/live-state.ts'
import { setSubject } from '../act/subject-of.ts'
import type { SetBase } from './document/set-base.ts'

/** What making a set makes. */
function creationVerdict({ metadata, spec }: CocoonSet): Verdict {
  const forks = spec?.agent?.replicas ?? 0
  const toolboxes = spec?.toolboxes ?? []
  const still = toolboxes.filter(({ mode }) => mode === 'static').length
  const parts = [
    'its main agent',
    ...(forks > 0 ? [counted(forks, 'sub-agent')] : []),
    ...(toolboxes.length > 0 ? [`${toolboxes.length} toolbox${toolboxes.length === 1 ? '' : 'es'}`] : []),
  ]
  return verdictOf(null, () => ({
    notes: [
      `Set ${metadata?.name ?? ''} begins with ${parts.join(', ')}. Sub-agents and toolboxes follow when the main agent is ready.`,
      spec?.suspend === true ? 'It is suspended: its main agent is booted once, and put to sleep.' : null,
      still > 0 ? 'A static toolbox is a VM that exists already: it may be shown in several sets.' : null,
    ],
  }))
}

/** Whether the document may be sent, and what it does to VMs that there are. */
export function reviewVerdict(value: CocoonSet, base: SetBase | null, index: FleetIndex): Verdict {
  if (base === null) return creationVerdict(value)
  const set = index.sets.get(base.metadata.uid)
  // A set that the page has not heard of may be there all the same: the cluster decides.
  if (set === undefined) return editVerdict(base, value, [])
  return judgeEdit(base, value, setSubject(index, set))
}
