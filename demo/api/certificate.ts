import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isIPv4 } from 'node:net'
import {
  bits,
  element,
  explicit,
  integer,
  objectId,
  octets,
  sequence,
  setOf,
  truth,
  utcTime,
  utf8,
} from './der.ts'

/** PEM texts. */
export interface Certificate {
  key: string
  cert: string
}

const DAY_MS = 86_400_000
const VALID_DAYS = 3650
const VERSION_3 = explicit(0, integer(Buffer.from([2])))
const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'))
const COMMON_NAME = '2.5.4.3'
const BASIC_CONSTRAINTS = '2.5.29.19'
const SUBJECT_ALT_NAME = '2.5.29.17'

const pem = (label: string, der: Buffer) =>
  `-----BEGIN ${label}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`

/** dNSName is [2], iPAddress is [7]. */
const altName = (host: string) =>
  isIPv4(host) ? element(0x87, Buffer.from(host.split('.').map(Number))) : element(0x82, Buffer.from(host))

/**
 * A self-signed certificate and its new key, made for this process: `kubectl` sends credentials over TLS
 * only. Hosts are DNS names and IPv4 addresses.
 */
export function selfSigned(hosts: readonly string[], now: number): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(setOf(sequence(objectId(COMMON_NAME), utf8('cocoon-demo'))))
  const extensions = sequence(
    sequence(objectId(BASIC_CONSTRAINTS), truth(), octets(sequence(truth()))),
    sequence(objectId(SUBJECT_ALT_NAME), octets(sequence(...hosts.map(altName)))),
  )
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const toBeSigned = sequence(
    VERSION_3,
    integer(serial),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(now - DAY_MS), utcTime(now + VALID_DAYS * DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, extensions),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem('CERTIFICATE', sequence(toBeSigned, ECDSA_WITH_SHA256, bits(signature))),
  }
}
