import { isIP } from 'node:net'
import { parseDuration } from './cel-duration.ts'

/** On a day that exists: JavaScript would take 30 February for 2 March. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text)
}

const DATE_TIME = /^(\d{4}-\d\d-\d\d)[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const HOSTNAME =
  /^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)*[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.?$/

function isCidr(text: string): boolean {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text)
  const family = isIP(match?.[1] ?? '')
  return match !== null && family !== 0 && Number(match[2]) <= (family === 4 ? 32 : 128)
}

/** The formats that a schema's texts are held to; all others are words for people. */
export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  byte: (text) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text),
  cidr: isCidr,
  date: isDate,
  'date-time': (text) => isDate(DATE_TIME.exec(text)?.[1] ?? '') && Number.isFinite(Date.parse(text)),
  duration: (text) => parseDuration(text) !== undefined,
  email: (text) => /^[^\s@<>]+@[^\s@<>]+$/.test(text),
  hostname: (text) => text.length <= 255 && HOSTNAME.test(text),
  ipv4: (text) => isIP(text) === 4,
  ipv6: (text) => isIP(text) === 6,
  uri: (text) => text.startsWith('/') || (/^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text)),
  uuid: (text) => UUID.test(text),
}
