import { faultCauses, itemsAt, recordAt, together } from './builtin-rules-checks.ts'
import { dnsNameFaults, dnsSearchFaults, ipCauses } from './builtin-rules-names.ts'
import { duplicateValue, invalidValue, requiredValue } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { listAt, numberAt, textAt } from './json.ts'
import type { FieldCause } from './status.ts'

const MAX_NAMESERVERS = 3
const MAX_SEARCHES = 32

function dnsCauses(spec: JsonRecord, path: string): FieldCause[] {
  const config = recordAt(spec, 'dnsConfig')
  const at = `${path}.dnsConfig`
  const servers = listAt(config, 'nameservers').map(String)
  const searches = listAt(config, 'searches').map(String)
  if (spec.dnsPolicy === 'None' && !config) {
    return [requiredValue(at, 'must provide `dnsConfig` when `dnsPolicy` is None')]
  }
  if (spec.dnsPolicy === 'None' && servers.length === 0) {
    const why = 'must provide at least one DNS nameserver when `dnsPolicy` is None'
    return [requiredValue(`${at}.nameservers`, why)]
  }
  const causes: FieldCause[] = []
  if (servers.length > MAX_NAMESERVERS) {
    causes.push(
      invalidValue(`${at}.nameservers`, servers, `must not have more than ${MAX_NAMESERVERS} nameservers`),
    )
  }
  causes.push(...servers.flatMap((server, index) => ipCauses(`${at}.nameservers[${index}]`, server)))
  if (searches.length > MAX_SEARCHES) {
    causes.push(
      invalidValue(`${at}.searches`, searches, `must not have more than ${MAX_SEARCHES} search paths`),
    )
  }
  for (const [index, search] of searches.entries()) {
    causes.push(
      ...faultCauses(`${at}.searches[${index}]`, search.replace(/\.$/, ''), dnsSearchFaults(search)),
    )
  }
  for (const [option, field] of itemsAt(config, 'options', at)) {
    if (!textAt(option, 'name')) causes.push(requiredValue(field, 'must not be empty'))
  }
  return causes
}

const aliasCauses = (spec: JsonRecord, path: string): FieldCause[] =>
  itemsAt(spec, 'hostAliases', path).flatMap(([alias, at]) =>
    together(
      ipCauses(`${at}.ip`, textAt(alias, 'ip')),
      listAt(alias, 'hostnames').flatMap((name, index) =>
        faultCauses(`${at}.hostnames[${index}]`, name, dnsNameFaults(String(name))),
      ),
    ),
  )

/** Ports of the node are those of the container when they share its network. */
function hostNetworkCauses(spec: JsonRecord, path: string): FieldCause[] {
  if (spec.hostNetwork !== true) return []
  return itemsAt(spec, 'containers', path).flatMap(([container, at]) =>
    itemsAt(container, 'ports', at)
      .filter(([port]) => (port.hostPort ?? 0) !== port.containerPort)
      .map(([port, field]) =>
        invalidValue(
          `${field}.hostPort`,
          port.hostPort ?? 0,
          'must match `containerPort` when `hostNetwork` is true',
        ),
      ),
  )
}

/** Two containers of a pod cannot have the same port of the node. */
export function hostPortCauses(containers: readonly (readonly [JsonRecord, string])[]): FieldCause[] {
  const taken = new Set<string>()
  return containers.flatMap(([container, at]) =>
    itemsAt(container, 'ports', at).flatMap(([port, field]) => {
      if (!port.hostPort) return []
      const key = `${textAt(port, 'protocol')}/${textAt(port, 'hostIP')}/${numberAt(port, 'hostPort')}`
      if (taken.has(key)) return [duplicateValue(`${field}.hostPort`, key)]
      taken.add(key)
      return []
    }),
  )
}

/** What is wrong with how a pod is reached, and with what it can reach by name. */
export const networkCauses = (spec: JsonRecord, path: string): FieldCause[] => [
  ...hostNetworkCauses(spec, path),
  ...dnsCauses(spec, path),
  ...aliasCauses(spec, path),
]
