import { guestErrors, imageErrors, known } from './admission-vm.ts'
import type { ToolboxSpec } from './crd.ts'
import { backendOrDefault, CONN_TYPES, TOOLBOX_MODES, toolboxModeOrDefault } from './enums.ts'
import { parseGoInt64 } from './go-int.ts'
import type { FieldError } from './schema.ts'

const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/

/** Rules 2 to 7 for one toolbox; `agentBackend` is the agent's, after its default (contract 9). */
export function toolboxErrors(field: string, toolbox: ToolboxSpec, agentBackend: string): FieldError[] {
  const errors = [...nameErrors(`${field}.name`, toolbox.name ?? '')]
  errors.push(...known(`${field}.mode`, toolbox.mode, TOOLBOX_MODES))
  return [
    ...errors,
    ...(toolbox.mode === 'static' ? staticErrors : managedErrors)(field, toolbox, agentBackend),
  ]
}

/** One error per toolbox that bears an earlier one's name (contract 9, rule 5). */
export function duplicateNameErrors(toolboxes: readonly ToolboxSpec[]): FieldError[] {
  const names = toolboxes.map((toolbox) => toolbox.name ?? '')
  return names.flatMap((name, i) => {
    if (name === '' || names.indexOf(name) === i) return []
    return [{ field: `spec.toolboxes[${i}].name`, message: `must be unique: "${name}" is taken` }]
  })
}

function nameErrors(field: string, name: string): FieldError[] {
  if (name === '') return [{ field, message: 'is required' }]
  if (!DNS_LABEL.test(name)) {
    return [{ field, message: `must be an RFC 1123 label of at most 63 characters, not "${name}"` }]
  }
  // The operator would take the VM for an agent in that slot.
  if (parseGoInt64(name) !== null) return [{ field, message: `must not be an integer, such as "${name}"` }]
  return []
}

function staticErrors(field: string, toolbox: ToolboxSpec): FieldError[] {
  const required = (['staticIP', 'staticVMID'] as const).filter((name) => !toolbox[name])
  const missing = required.map((name) => ({
    field: `${field}.${name}`,
    message: 'is required with mode static',
  }))
  return [...missing, ...known(`${field}.connType`, toolbox.connType, CONN_TYPES)]
}

function managedErrors(field: string, toolbox: ToolboxSpec, agentBackend: string): FieldError[] {
  const errors = guestErrors(field, toolbox)
  if (!toolbox.image) errors.push({ field: `${field}.image`, message: 'is required unless mode is static' })
  errors.push(...imageErrors(field, toolbox, toolboxModeOrDefault(toolbox.mode)))
  const backend = backendOrDefault(toolbox.backend)
  if (backend !== agentBackend) {
    const message = `must equal the agent's backend: "${backend}" is not "${agentBackend}"`
    errors.push({ field: `${field}.backend`, message })
  }
  return errors
}
