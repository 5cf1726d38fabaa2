import { BlockList, isIP } from 'node:net'
import { flawOfPerson } from '../person.ts'
import type { Person } from '../person.ts'

export interface ProxySettings {
  /** Lower case, with dashes. */
  userHeader: string
  groupsHeader: string
  /** Whose word counts, as `10.0.0.0/8`. */
  trusted: readonly string[]
}

/** Who a proxy says sends a request, or why nobody is believed. */
export type ProxyWord = { person: Person } | { refused: string }

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i

/** Whether an address is in one of the networks; IPv4 inside of IPv6 counts as IPv4. */
export function inNetworks(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix = ''] = network.split('/')
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return (address) => {
    const plain = address.replace(MAPPED, '')
    const family = isIP(plain)
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4')
  }
}

type Field = readonly [name: string, value: string]

const fieldsOf = (rawHeaders: readonly string[]): Field[] =>
  Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] ?? '',
    rawHeaders[2 * index + 1] ?? '',
  ])

/** What servers behind gateways take for the same name. */
const folded = (name: string) => name.toLowerCase().replaceAll('_', '-')

/** Blanks around a field are HTTP's own; all others are part of a name, and make it unfit. */
const bare = (text: string) => text.replace(/^[ \t]+|[ \t]+$/g, '')

/** Node reads header fields as Latin-1; people's names are UTF-8. Undefined when they are not. */
function decoded(value: string): string | undefined {
  try {
    return bare(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1')))
  } catch {
    return undefined
  }
}

function flawOfFields(fields: readonly Field[], { userHeader, groupsHeader }: ProxySettings): string {
  for (const header of [userHeader, groupsHeader]) {
    const spellings = fields.filter(([name]) => folded(name) === header)
    if (spellings.some(([name]) => name.includes('_'))) return `a header spells ${header} with underscores`
    if (spellings.length > 1) return `the header ${header} comes more than once`
  }
  const hops = fields.filter(([name]) => name.toLowerCase() === 'connection').map(([, value]) => value)
  const named = hops.flatMap((value) => value.split(',')).map((one) => folded(one.trim()))
  const dropped = named.find((one) => one === userHeader || one === groupsHeader)
  return dropped === undefined ? '' : `the header Connection wants ${dropped} dropped on the way`
}

/**
 * Who sends a request, by the word of a proxy in front (promise E2). Only an address that is trusted counts; whatever
 * is missing, double, or spelt so that another server would read it otherwise makes nobody of it.
 * @param rawHeaders as they came, names and values by turns
 */
export function personOfProxy(
  rawHeaders: readonly string[],
  peer: string,
  settings: ProxySettings,
  isTrusted = inNetworks(settings.trusted),
): ProxyWord {
  if (!isTrusted(peer)) return { refused: 'the request does not come from a trusted proxy (TRUSTED_PROXIES)' }
  const fields = fieldsOf(rawHeaders)
  const flaw = flawOfFields(fields, settings)
  if (flaw !== '') return { refused: flaw }
  const valueOf = (header: string) => fields.find(([name]) => name.toLowerCase() === header)?.[1]
  const name = valueOf(settings.userHeader)
  if (name === undefined)
    return { refused: `the proxy names nobody: the header ${settings.userHeader} is missing` }
  // A proxy that folds two headers into one joins them by a comma.
  if (name.includes(',')) return { refused: `the header ${settings.userHeader} names more than one` }
  const person = { name: decoded(name), groups: decoded(valueOf(settings.groupsHeader) ?? '') }
  if (person.name === undefined || person.groups === undefined) return { refused: 'a name is not UTF-8' }
  const groups = [...new Set(person.groups.split(',').map(bare))].filter((group) => group !== '')
  const found = { name: person.name, groups }
  const why = flawOfPerson(found)
  return why === '' ? { person: found } : { refused: why }
}
