import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
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
const EXTENDED_KEY_USAGE = '2.5.29.37'
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'

const pem = (label: string, der: Buffer) =>
  `-----BEGIN ${label}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`

/** dNSName is [2], iPAddress is [7]. */
const altName = (host: string) =>
  isIPv4(host) ? element(0x87, Buffer.from(host.split('.').map(Number))) : element(0x82, Buffer.from(host))

const nameOf = (commonName: string) => sequence(setOf(sequence(objectId(COMMON_NAME), utf8(commonName))))

/** What a certificate says, before somebody signs it. Extensions are complete DER elements. */
interface Claims {
  issuer: Buffer
  subject: Buffer
  publicKey: KeyObject
  extensions: Buffer[]
  now: number
}

function signed(claims: Claims, signer: KeyObject): string {
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const toBeSigned = sequence(
    VERSION_3,
    integer(serial),
    ECDSA_WITH_SHA256,
    claims.issuer,
    sequence(utcTime(claims.now - DAY_MS), utcTime(claims.now + VALID_DAYS * DAY_MS)),
    claims.subject,
    claims.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...claims.extensions)),
  )
  const signature = sign('sha256', toBeSigned, signer)
  return pem('CERTIFICATE', sequence(toBeSigned, ECDSA_WITH_SHA256, bits(signature)))
}

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const keyText = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString()

const AUTHORITY = sequence(objectId(BASIC_CONSTRAINTS), truth(), octets(sequence(truth())))
const altNames = (hosts: readonly string[]) =>
  sequence(objectId(SUBJECT_ALT_NAME), octets(sequence(...hosts.map(altName))))

/**
 * A self-signed certificate and its new key, made for this process: `kubectl` sends credentials over TLS
 * only. Hosts are DNS names and IPv4 addresses.
 */
export function selfSigned(hosts: readonly string[], now: number): Certificate {
  const { privateKey, publicKey } = newKey()
  const name = nameOf('cocoon-demo')
  const extensions = [AUTHORITY, altNames(hosts)]
  return {
    key: keyText(privateKey),
    cert: signed({ issuer: name, subject: name, publicKey, extensions, now }, privateKey),
  }
}

/** Signs the certificates of one circle of callers. */
export interface Authority {
  /** PEM of the certificate to trust. */
  cert: string
  /** A certificate, and its new key, that shows who calls. */
  clientCertificate(commonName: string, now: number): Certificate
}

/** A new authority, known to nobody before this process; `now` is epoch milliseconds. */
export function certificateAuthority(commonName: string, now: number): Authority {
  const { privateKey, publicKey } = newKey()
  const issuer = nameOf(commonName)
  return {
    cert: signed({ issuer, subject: issuer, publicKey, extensions: [AUTHORITY], now }, privateKey),
    clientCertificate(name, at) {
      const own = newKey()
      const usage = sequence(objectId(EXTENDED_KEY_USAGE), octets(sequence(objectId(CLIENT_AUTH))))
      const claims = { issuer, subject: nameOf(name), publicKey: own.publicKey, extensions: [usage], now: at }
      return { key: keyText(own.privateKey), cert: signed(claims, privateKey) }
    },
  }
}
