import { faultCauses, itemsAt, recordAt, supportedCauses } from './builtin-rules-checks.ts'
import { dnsLabelFaults, dnsNameFaults, portCauses, portOrNameCauses } from './builtin-rules-names.ts'
import { labelCauses } from './builtin-rules-scheduling.ts'
import { duplicateValue, forbiddenField, requiredValue } from './field-causes.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { textAt } from './json.ts'
import type { FieldCause } from './status.ts'

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const AFFINITIES = ['ClientIP', 'None']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const isHeadless = (spec: JsonRecord) => spec.clusterIP === 'None'

function portsCauses(spec: JsonRecord): FieldCause[] {
  const ports = itemsAt(spec, 'ports', 'spec')
  const names = new Set<string>()
  const numbers = new Set<string>()
  return ports.flatMap(([port, at]) => {
    const name = textAt(port, 'name')
    const causes = name ? faultCauses(`${at}.name`, name, dnsLabelFaults(name)) : []
    if (!name && ports.length > 1) causes.push(requiredValue(`${at}.name`))
    if (name && names.has(name)) causes.push(duplicateValue(`${at}.name`, name))
    names.add(name)
    causes.push(...portCauses(`${at}.port`, port.port))
    causes.push(...supportedCauses(`${at}.protocol`, port.protocol, PROTOCOLS))
    causes.push(...portOrNameCauses(`${at}.targetPort`, port.targetPort))
    const key = `${textAt(port, 'protocol')}/${String(port.port)}`
    if (numbers.has(key)) {
      const printed = {
        Name: '',
        Protocol: port.protocol,
        AppProtocol: null,
        Port: port.port,
        TargetPort: 0,
        NodePort: 0,
      }
      causes.push(duplicateValue(at, printed))
    }
    numbers.add(key)
    if (port.nodePort && spec.type === 'ClusterIP') {
      causes.push(forbiddenField(`${at}.nodePort`, "may not be used when `type` is 'ClusterIP'"))
    }
    return causes
  })
}

/** What is wrong with a service, its defaults filled in. */
export function serviceCauses(service: KubeJson): FieldCause[] {
  const spec = recordAt(service, 'spec') ?? {}
  const isName = spec.type === 'ExternalName'
  const outside = textAt(spec, 'externalName')
  const causes = portsCauses(spec)
  if (itemsAt(spec, 'ports', '').length === 0 && !isHeadless(spec) && !isName) {
    causes.push(requiredValue('spec.ports'))
  }
  if (isName && !outside) causes.push(requiredValue('spec.externalName'))
  if (isName && outside) {
    const name = outside.replace(/\.$/, '')
    causes.push(...faultCauses('spec.externalName', name, dnsNameFaults(name)))
  }
  return [
    ...causes,
    ...supportedCauses('spec.type', spec.type, TYPES),
    ...supportedCauses('spec.sessionAffinity', spec.sessionAffinity, AFFINITIES),
    ...labelCauses(spec.selector, 'spec.selector'),
  ]
}

/** What the original warns of in services that it takes all the same. */
export function serviceWarnings(service: KubeJson): string[] {
  const spec = recordAt(service, 'spec') ?? {}
  const ignored = isHeadless(spec) && spec.sessionAffinity === 'ClientIP'
  return ignored ? ['spec.SessionAffinity is ignored for headless services'] : []
}
