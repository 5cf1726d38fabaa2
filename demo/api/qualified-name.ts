const PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const MAX_PART = 63
const MAX_SUBDOMAIN = 253

const ALPHABET =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
const NAME_RULE = `${ALPHABET} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
  "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start " +
  "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

const bytes = (text: string) => Buffer.byteLength(text)
const tooLong = (limit: number) => `must be no more than ${limit} bytes`

/** What is wrong with the name of an object that is a DNS subdomain. */
export function subdomainFaults(text: string): string[] {
  const faults = bytes(text) > MAX_SUBDOMAIN ? [tooLong(MAX_SUBDOMAIN)] : []
  return SUBDOMAIN.test(text) ? faults : [...faults, SUBDOMAIN_RULE]
}

function partFaults(part: string): string[] {
  if (part === '') return ['name part must be non-empty', `name part ${NAME_RULE}`]
  const faults = bytes(part) > MAX_PART ? [`name part ${tooLong(MAX_PART)}`] : []
  return PART.test(part) ? faults : [...faults, `name part ${NAME_RULE}`]
}

/** What is wrong with a key of labels, annotations and the like: `name`, or `example.com/name`. */
export function qualifiedNameFaults(text: string): string[] {
  const [first = '', second, ...more] = text.split('/')
  if (more.length > 0) {
    return [
      `a valid label key ${NAME_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ]
  }
  if (second === undefined) return partFaults(first)
  const prefix = first === '' ? ['must be non-empty'] : subdomainFaults(first)
  return [...prefix.map((fault) => `prefix part ${fault}`), ...partFaults(second)]
}

/** What is wrong with the value of a label. */
export function labelValueFaults(text: string): string[] {
  const faults = bytes(text) > MAX_PART ? [tooLong(MAX_PART)] : []
  return VALUE.test(text) ? faults : [...faults, VALUE_RULE]
}
