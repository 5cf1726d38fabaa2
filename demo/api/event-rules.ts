import type { BuiltinRule } from './builtin-rule.ts'
import { invalidValue, requiredValue } from './field-causes.ts'
import type { KubeJson } from './json.ts'
import { textAt } from './json.ts'
import { qualifiedNameFaults } from './qualified-name.ts'
import type { FieldCause } from './status.ts'

const MOST = 128
const MOST_NOTE = 1024

function homeCauses(event: KubeJson, allowed: readonly string[]): FieldCause[] {
  const home = textAt(event, 'involvedObject', 'namespace')
  if (allowed.includes(home)) return []
  return [invalidValue('involvedObject.namespace', home, 'does not match event.namespace')]
}

function textCauses(event: KubeJson, name: string, most: number): FieldCause[] {
  const text = textAt(event, name)
  if (Buffer.byteLength(text) > most) return [invalidValue(name, '', `can have at most ${most} characters`)]
  return text === '' && name !== 'message' ? [requiredValue(name)] : []
}

/** Events with a time of their own come from newer clients, of which more is asked. */
function eventCauses(event: KubeJson): FieldCause[] {
  const { namespace = '' } = event.metadata
  const home = textAt(event, 'involvedObject', 'namespace')
  if (!textAt(event, 'eventTime')) {
    return homeCauses(event, namespace === 'default' ? ['', 'default'] : [namespace])
  }
  const reporter = textAt(event, 'reportingComponent')
  const shared = namespace === 'default' || namespace === 'kube-system'
  return [
    ...(home === '' && !shared ? homeCauses(event, [namespace]) : []),
    ...(reporter === '' ? [requiredValue('reportingComponent')] : []),
    ...qualifiedNameFaults(reporter).map((fault) => invalidValue('reportingComponent', reporter, fault)),
    ...textCauses(event, 'reportingInstance', MOST),
    ...textCauses(event, 'action', MOST),
    ...textCauses(event, 'reason', MOST),
    ...textCauses(event, 'message', MOST_NOTE),
  ]
}

/** Events belong to the namespace of what they are about. */
export const EVENT_RULES: Readonly<Record<string, BuiltinRule>> = { events: { validate: eventCauses } }
