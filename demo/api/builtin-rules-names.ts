import { isIP } from 'node:net'
import { faultCauses, rangeCauses } from './builtin-rules-checks.ts'
import { invalidValue } from './field-causes.ts'
import type { FieldCause } from './status.ts'

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const SEARCH = /^_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/

const LABEL_RULE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
  "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const SEARCH_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')"

const tooLong = (text: string, limit: number) =>
  text.length > limit ? [`must be no more than ${limit} characters`] : []

/** What is wrong with a DNS label, which has no dots. */
export function dnsLabelFaults(text: string): string[] {
  const long = tooLong(text, 63)
  if (LABEL.test(text)) return long
  return [...long, SUBDOMAIN.test(text) ? 'must not contain dots' : LABEL_RULE]
}

/** What is wrong with a name that may have dots. */
export function dnsNameFaults(text: string): string[] {
  return [...tooLong(text, 253), ...(SUBDOMAIN.test(text) ? [] : [SUBDOMAIN_RULE])]
}

/** What is wrong with a search path of a resolver. */
export function dnsSearchFaults(search: string): string[] {
  const text = search.replace(/\.$/, '')
  if (search === '.') return []
  return [...tooLong(text, 253), ...(SEARCH.test(text) ? [] : [SEARCH_RULE])]
}

/** What is wrong with the name of a port. */
export function portNameFaults(text: string): string[] {
  const faults = tooLong(text, 15)
  if (!/^[-a-z0-9]+$/.test(text)) {
    faults.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  }
  if (!/[a-z]/.test(text)) faults.push('must contain at least one letter (a-z)')
  if (text.includes('--')) faults.push('must not contain consecutive hyphens')
  if (/^-|-$/.test(text)) faults.push('must not begin or end with a hyphen')
  return faults
}

export const portCauses = (field: string, port: unknown): FieldCause[] => rangeCauses(field, port, 1, 65535)

/** Of a port that may be given by its name. */
export const portOrNameCauses = (field: string, port: unknown): FieldCause[] =>
  typeof port === 'string' ? faultCauses(field, port, portNameFaults(port)) : portCauses(field, port)

/** What is wrong with the name of an environment variable. */
export const envNameFaults = (text: string): string[] =>
  /^[ -<>-~]+$/.test(text)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]

/** What is wrong with a key of a config map or secret. */
export function configKeyFaults(text: string): string[] {
  const faults = tooLong(text, 253)
  if (!/^[-._a-zA-Z0-9]+$/.test(text)) {
    const rule =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or " +
      "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
    return [...faults, rule]
  }
  if (text === '.') return [...faults, "must not be '.'"]
  if (text === '..') return [...faults, "must not be '..'"]
  return text.startsWith('..') ? [...faults, "must not start with '..'"] : faults
}

export const ipCauses = (field: string, text: string): FieldCause[] =>
  isIP(text) > 0
    ? []
    : [invalidValue(field, text, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')]

/** What is wrong with a path that must stay below where it begins. */
export function descendingPathCauses(field: string, path: string): FieldCause[] {
  const causes = path.startsWith('/') ? [invalidValue(field, path, 'must be a relative path')] : []
  if (path.split('/').includes('..')) causes.push(invalidValue(field, path, "must not contain '..'"))
  return causes
}

/** The same for the path of a file in a volume, whose names beginning with two dots are taken. */
export const filePathCauses = (field: string, path: string): FieldCause[] => [
  ...descendingPathCauses(field, path),
  ...(path.startsWith('..') && !path.startsWith('../')
    ? [invalidValue(field, path, "must not start with '..'")]
    : []),
]
