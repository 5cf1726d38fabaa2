import type { Environment } from '@marcbachmann/cel-js'
import { EvaluationError } from '@marcbachmann/cel-js'
import { BlockList, isIP } from 'node:net'

class CelIp {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

class CelCidr {
  readonly ip: string
  readonly prefix: number
  constructor(address: string, prefix: number) {
    this.ip = address
    this.prefix = prefix
  }
}

class CelUrl {
  readonly parsed: URL
  constructor(parsed: URL) {
    this.parsed = parsed
  }
}

const failed = (message: string) => new EvaluationError({ code: 'address_error', message })
/** IPv4 addresses written as IPv6 and zones are not addresses to Kubernetes. */
const isAddress = (text: string) => isIP(text) !== 0 && !text.includes('%') && !/^::ffff:/i.test(text)
const family = (text: string) => (isIP(text) === 4 ? 'ipv4' : 'ipv6')

function ip(text: string): CelIp {
  if (isAddress(text)) return new CelIp(text)
  throw failed(`IP Address '${text}' parse error during conversion from string`)
}

function readCidr(text: string): CelCidr | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text)
  const [, address = '', prefix = ''] = match ?? []
  const bits = isIP(address) === 4 ? 32 : 128
  if (!match || !isAddress(address) || Number(prefix) > bits) return undefined
  return new CelCidr(address, Number(prefix))
}

function cidr(text: string): CelCidr {
  const found = readCidr(text)
  if (found) return found
  throw failed(`network address parse error during conversion from string: ${text}`)
}

function contains(net: CelCidr, address: string): boolean {
  if (family(net.ip) !== family(address)) return false
  const list = new BlockList()
  list.addSubnet(net.ip, net.prefix, family(net.ip))
  return list.check(address, family(address))
}

function urlOf(text: string): URL | undefined {
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(text)
  if (absolute && URL.canParse(text)) return new URL(text)
  return text.startsWith('/') && URL.canParse(text, 'http://relative.invalid')
    ? new URL(text, 'http://relative.invalid')
    : undefined
}

function url(text: string): CelUrl {
  const found = urlOf(text)
  if (found) return new CelUrl(found)
  throw failed(
    `URL parse error during conversion from string: parse ${JSON.stringify(text)}: invalid URI for request`,
  )
}

const IN: Readonly<Record<string, readonly string[]>> = {
  isLoopback: ['127.0.0.0/8', '::1/128'],
  isUnspecified: ['0.0.0.0/32', '::/128'],
  isLinkLocalUnicast: ['169.254.0.0/16', 'fe80::/10'],
  isLinkLocalMulticast: ['224.0.0.0/24', 'ff02::/16'],
}

function ipFunctions(environment: Environment): void {
  environment
    .registerType('net.IP', { ctor: CelIp })
    .registerOperator('net.IP == net.IP', (a: CelIp, b: CelIp) =>
      contains(cidr(`${a.text}/${isIP(a.text) === 4 ? 32 : 128}`), b.text),
    )
    .registerFunction('ip(string): net.IP', ip)
    .registerFunction('isIP(string): bool', isAddress)
    .registerFunction('net.IP.family(): int', (a: CelIp) => BigInt(isIP(a.text)))
    .registerFunction('string(net.IP): string', (a: CelIp) => a.text)
  for (const [name, nets] of Object.entries(IN)) {
    environment.registerFunction(`net.IP.${name}(): bool`, (a: CelIp) =>
      nets.some((net) => contains(cidr(net), a.text)),
    )
  }
}

function cidrFunctions(environment: Environment): void {
  environment
    .registerType('net.CIDR', { ctor: CelCidr })
    .registerFunction('cidr(string): net.CIDR', cidr)
    .registerFunction('isCIDR(string): bool', (text: string) => readCidr(text) !== undefined)
    .registerFunction('net.CIDR.containsIP(string): bool', (net: CelCidr, text: string) =>
      contains(net, ip(text).text),
    )
    .registerFunction('net.CIDR.containsIP(net.IP): bool', (net: CelCidr, a: CelIp) => contains(net, a.text))
    .registerFunction('net.CIDR.containsCIDR(string): bool', (net: CelCidr, text: string) => {
      const other = cidr(text)
      return other.prefix >= net.prefix && contains(net, other.ip)
    })
    .registerFunction(
      'net.CIDR.containsCIDR(net.CIDR): bool',
      (net: CelCidr, other: CelCidr) => other.prefix >= net.prefix && contains(net, other.ip),
    )
    .registerFunction('net.CIDR.ip(): net.IP', (net: CelCidr) => new CelIp(net.ip))
    .registerFunction('net.CIDR.prefixLength(): int', (net: CelCidr) => BigInt(net.prefix))
    .registerFunction('string(net.CIDR): string', (net: CelCidr) => `${net.ip}/${net.prefix}`)
}

function urlFunctions(environment: Environment): void {
  const part = (name: string, read: (found: URL) => string) =>
    environment.registerFunction(`kubernetes.URL.${name}(): string`, ({ parsed: found }: CelUrl) =>
      found.hostname === 'relative.invalid' && name !== 'getEscapedPath' ? '' : read(found),
    )
  environment
    .registerType('kubernetes.URL', { ctor: CelUrl })
    .registerFunction('url(string): kubernetes.URL', url)
    .registerFunction('isURL(string): bool', (text: string) => urlOf(text) !== undefined)
  part('getScheme', (found) => found.protocol.slice(0, -1))
  part('getHost', (found) => found.host)
  part('getHostname', (found) => found.hostname.replace(/^\[(.*)\]$/, '$1'))
  part('getPort', (found) => found.port)
  part('getEscapedPath', (found) => found.pathname)
}

/** Kubernetes' functions of IP addresses, CIDRs and URLs. */
export function addressFunctions(environment: Environment): void {
  ipFunctions(environment)
  cidrFunctions(environment)
  urlFunctions(environment)
}
