import type { CocoonSetSpec } from './crd.ts'
import { duplicateNameErrors, toolboxErrors } from './admission-toolbox.ts'
import { guestErrors, imageErrors, known } from './admission-vm.ts'
import {
  AGENT_MODES,
  agentModeOrDefault,
  backendOrDefault,
  HIBERNATE_POLICIES,
  SNAPSHOT_POLICIES,
} from './enums.ts'
import type { FieldError } from './schema.ts'

const PREFIX = 'cocoon-webhook: invalid CocoonSet spec: '

/**
 * All rules of the webhook that a CocoonSet's spec breaks, in its order (contract 9, rules 1 to 7). The webhook
 * itself never asks about an update that leaves the spec as it was.
 */
export function validateCocoonSetSpec(spec: CocoonSetSpec | null | undefined): FieldError[] {
  const agent = spec?.agent ?? {}
  const toolboxes = spec?.toolboxes ?? []
  const backend = backendOrDefault(agent.backend)
  const errors: FieldError[] = []
  if (!agent.image) errors.push({ field: 'spec.agent.image', message: 'is required' })
  if ((agent.replicas ?? 0) < 0) errors.push({ field: 'spec.agent.replicas', message: 'must be at least 0' })
  return [
    ...errors,
    ...known('spec.agent.mode', agent.mode, AGENT_MODES),
    ...known('spec.snapshotPolicy', spec?.snapshotPolicy, SNAPSHOT_POLICIES),
    ...known('spec.hibernatePolicy', spec?.hibernatePolicy, HIBERNATE_POLICIES),
    ...guestErrors('spec.agent', agent),
    ...imageErrors('spec.agent', agent, agentModeOrDefault(agent.mode)),
    ...toolboxes.flatMap((toolbox, i) => toolboxErrors(`spec.toolboxes[${i}]`, toolbox, backend)),
    ...duplicateNameErrors(toolboxes),
  ]
}

/** The webhook's answer to a spec with errors; null when it lets the spec in (contract 9). */
export function cocoonSetDenial(errors: readonly FieldError[]): string | null {
  if (errors.length === 0) return null
  return PREFIX + errors.map(({ field, message }) => `${field} ${message}`).join('; ')
}
