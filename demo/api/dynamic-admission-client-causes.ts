import { invalidValue, requiredValue } from './field-causes.ts'
import { isRecord, textAt, valueAt } from './json.ts'
import type { FieldCause } from './status.ts'

const FORM = '; desired format: https://host[/path]'

function urlCauses(field: string, text: string): FieldCause[] {
  if (!URL.canParse(text)) {
    return [
      requiredValue(
        field,
        `url must be a valid URL: parse ${JSON.stringify(text)}: invalid URI for request${FORM}`,
      ),
    ]
  }
  const url = new URL(text)
  const scheme = url.protocol.slice(0, -1)
  const causes: FieldCause[] = []
  if (scheme !== 'https') {
    causes.push(invalidValue(field, scheme, `'https' is the only allowed URL scheme${FORM}`))
  }
  if (url.host === '') causes.push(invalidValue(field, '', `host must be specified${FORM}`))
  if (url.username !== '') {
    causes.push(invalidValue(field, url.username, 'user information is not permitted in the URL'))
  }
  if (url.hash !== '') {
    causes.push(invalidValue(field, url.hash.slice(1), 'fragments are not permitted in the URL'))
  }
  if (url.search !== '') {
    causes.push(invalidValue(field, url.search.slice(1), 'query parameters are not permitted in the URL'))
  }
  return causes
}

function serviceCauses(field: string, service: unknown): FieldCause[] {
  const port = valueAt(service, 'port')
  const path = textAt(service, 'path')
  const causes: FieldCause[] = []
  for (const name of ['name', 'namespace']) {
    if (textAt(service, name) === '') causes.push(requiredValue(`${field}.${name}`))
  }
  if (typeof port === 'number' && (port < 1 || port > 65_535)) {
    const why = 'port is not valid: must be between 1 and 65535, inclusive'
    causes.push(invalidValue(`${field}.port`, port, why))
  }
  if (path !== '' && !path.startsWith('/')) {
    causes.push(invalidValue(`${field}.path`, path, "must start with a '/'"))
  }
  return causes
}

/** What is wrong with the address of a webhook. */
export function clientCauses(client: unknown, field: string): FieldCause[] {
  const url = valueAt(client, 'url')
  const service = valueAt(client, 'service')
  if ((typeof url === 'string') === isRecord(service)) {
    return [requiredValue(field, 'exactly one of url or service is required')]
  }
  return typeof url === 'string' ? urlCauses(`${field}.url`, url) : serviceCauses(`${field}.service`, service)
}
