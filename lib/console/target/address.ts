import { isIPv4, isIPv6, SocketAddress } from 'node:net'

export type Family = 'ipv4' | 'ipv6'

/**
 * The family of an address in its one canonical form; null for every other spelling of it, for zones, and for what
 * is no address. Other spellings (`127.1`, `0x7f000001`, `::ffff:7f00:1`) are how checks are fooled (promise D3).
 */
export function canonicalFamily(text: string): Family | null {
  if (isIPv4(text)) return 'ipv4'
  if (!isIPv6(text) || text.includes('%') || text.includes('.')) return null
  return new SocketAddress({ address: text, family: 'ipv6' }).address === text ? 'ipv6' : null
}

export interface Network {
  address: string
  prefix: number
  family: Family
}

const BITS: Record<Family, number> = { ipv4: 32, ipv6: 128 }

/** A network as `10.0.0.0/8`, or one address; null when it is not written so. */
export function parseNetwork(text: string): Network | null {
  const [, address = '', digits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const family = canonicalFamily(address)
  if (family === null) return null
  const prefix = digits === undefined ? BITS[family] : Number(digits)
  return prefix > BITS[family] ? null : { address, prefix, family }
}
