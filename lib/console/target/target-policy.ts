import { BlockList } from 'node:net'
import { canonicalFamily, parseNetwork } from './address.ts'
import type { Family, Network } from './address.ts'
import { NEVER_DIALLED } from './never-dialled.ts'

/** Networks, and the ports that may be dialled in them. */
export interface Allowance {
  /** As `10.0.0.0/8`, or one address. */
  networks: readonly string[]
  ports: readonly PortRange[]
}

export interface PortRange {
  first: number
  last: number
}

/** Where VM networks usually are; what else there is, CONSOLE_ALLOWED_CIDRS lists. */
export const DEFAULT_NETWORKS: readonly string[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
]

/** Where VNC servers listen. */
export const DEFAULT_PORTS: readonly PortRange[] = [{ first: 5900, last: 5999 }]

export interface TargetPolicy {
  /** Why this address and port must not be dialled; null when they may be, exactly as they are written. */
  refusal(host: string, port: number): string | null
}

type Known = Network & { text: string }

function known(text: string): Known {
  const network = parseNetwork(text)
  if (network === null) throw new RangeError(`${text} is no network`)
  return { ...network, text }
}

function blockListOf(networks: readonly Known[]): BlockList {
  const list = new BlockList()
  for (const { address, prefix, family } of networks) list.addSubnet(address, prefix, family)
  return list
}

/** A network of its own size or smaller inside another. */
const within = (inner: Known, outer: Known) =>
  inner.family === outer.family &&
  inner.prefix >= outer.prefix &&
  blockListOf([outer]).check(inner.address, inner.family)

const inRange = (port: number, ranges: readonly PortRange[]) =>
  ranges.some(({ first, last }) => port >= first && port <= last)

const shown = (host: string) => JSON.stringify(host.slice(0, 60))

/**
 * What consoles may dial: canonical addresses in the networks and ports that are allowed. What is never dialled
 * stays so even inside a wide network such as `0.0.0.0/0`; only a network that lies inside it lifts it.
 * @throws RangeError for a network that cannot be read
 */
export function createTargetPolicy(allowances: readonly Allowance[]): TargetPolicy {
  const never = NEVER_DIALLED.map(([text, what]) => ({ network: known(text), what }))
  const rules = allowances.map(({ networks, ports }) => {
    const listed = networks.map(known)
    return {
      ports,
      allowed: blockListOf(listed),
      never: never.map(({ network, what }) => ({
        what,
        list: blockListOf([network]),
        lifted: blockListOf(listed.filter((each) => within(each, network))),
      })),
    }
  })
  const whyNot = (rule: (typeof rules)[number], host: string, family: Family, port: number) => {
    const banned = rule.never.find(
      ({ list, lifted }) => list.check(host, family) && !lifted.check(host, family),
    )
    if (banned !== undefined) return `${host} is ${banned.what}`
    if (!rule.allowed.check(host, family)) return `${host} is in none of the networks that may be dialled`
    return inRange(port, rule.ports) ? null : `port ${port} is none that may be dialled`
  }
  return {
    refusal(host, port) {
      const family = canonicalFamily(host)
      if (family === null) return `${shown(host)} is not an IP address in its usual form`
      if (!Number.isInteger(port) || port < 1 || port > 65_535) return `${String(port)} is no port`
      const reasons = rules.map((rule) => whyNot(rule, host, family, port))
      return reasons.includes(null) ? null : (reasons[0] ?? 'no network may be dialled')
    },
  }
}
