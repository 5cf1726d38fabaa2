import { subdomainFaults } from './qualified-name.ts'
import type { Resource } from './resource.ts'

const DNS_LABEL_FORMAT = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const DNS_LABEL = new RegExp(`^${DNS_LABEL_FORMAT}$`)
const DNS_LABEL_RULE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end " +
  `with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${DNS_LABEL_FORMAT}')`
const MOST = 63

function labelFaults(name: string): string[] {
  const faults = Buffer.byteLength(name) > MOST ? [`must be no more than ${MOST} bytes`] : []
  if (DNS_LABEL.test(name)) return faults
  return [...faults, subdomainFaults(name).length === 0 ? 'must not contain dots' : DNS_LABEL_RULE]
}

/** Roles may be called anything that fits into a path. */
function segmentFaults(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  return ['/', '%'].filter((letter) => name.includes(letter)).map((letter) => `may not contain '${letter}'`)
}

const LABELS: ReadonlySet<string> = new Set(['namespaces', 'services'])

/** What is wrong with the name of an object of a kind, in the words of the original. */
export function objectNameFaults(resource: Resource, name: string): string[] {
  if (resource.group === 'rbac.authorization.k8s.io') return segmentFaults(name)
  const faults = LABELS.has(resource.id) ? labelFaults(name) : subdomainFaults(name)
  // The rules of names count in other words than those of labels.
  return faults.map((fault) => fault.replace(/bytes$/, 'characters'))
}
