import { quantityText } from '../../lib/cocoon/quantity.ts'
import { parseQuantity } from '../../lib/cocoon/quantity-parse.ts'
import type { Quantity } from '../../lib/cocoon/quantity-parse.ts'
import { faultCauses, recordAt } from './builtin-rules-checks.ts'
import { forbiddenField, invalidValue, requiredValue } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { qualifiedNameFaults } from './qualified-name.ts'
import type { FieldCause } from './status.ts'

const OF_CONTAINERS = new Set(['cpu', 'memory', 'ephemeral-storage'])
/** Standard names that containers cannot ask for. */
const STANDARD = new Set([
  ...OF_CONTAINERS,
  'pods',
  'services',
  'storage',
  'persistentvolumeclaims',
  'secrets',
  'configmaps',
])
const isHugePages = (name: string) => name.startsWith('hugepages-')
const isNative = (name: string) =>
  !name.includes('/') || name.split('/')[0]?.endsWith('kubernetes.io') === true
const isExtended = (name: string) =>
  !isNative(name) && !name.startsWith('requests.') && qualifiedNameFaults(`requests.${name}`).length === 0
/** Only native resources can be asked for beyond what there is. */
const isOvercommitted = (name: string) => isNative(name) && !isHugePages(name)

function nameCauses(name: string, field: string): FieldCause[] {
  const faults = qualifiedNameFaults(name)
  const plain = !name.includes('/')
  const known = STANDARD.has(name) || isHugePages(name)
  if (faults.length === 0 && plain && !known)
    faults.push('must be a standard resource type or fully qualified')
  if (plain && !OF_CONTAINERS.has(name) && !isHugePages(name))
    faults.push('must be a standard resource for containers')
  if (!plain && !isNative(name) && !isExtended(name))
    faults.push("doesn't follow extended resource name standard")
  return faultCauses(field, name, faults)
}

const exact = ({ coefficient, exponent }: Quantity, places: number): bigint => {
  const power = exponent + places
  return power >= 0 ? coefficient * 10n ** BigInt(power) : coefficient / 10n ** BigInt(-power)
}
/** Decimal places to which quantities are compared: nothing finer exists. */
const FINEST = 9

function compare(a: Quantity, b: Quantity): number {
  const [left, right] = [exact(a, FINEST), exact(b, FINEST)]
  return left === right ? 0 : left < right ? -1 : 1
}

function amountCauses(name: string, amount: Quantity, field: string): FieldCause[] {
  const text = quantityText(amount)
  const causes =
    amount.coefficient < 0n ? [invalidValue(field, text, 'must be greater than or equal to 0')] : []
  const whole = exact(amount, 3) % 1000n === 0n
  return isExtended(name) && !whole ? [...causes, invalidValue(field, text, 'must be an integer')] : causes
}

const quantitiesOf = (record: JsonRecord | undefined) =>
  Object.entries(record ?? {}).flatMap(([name, value]): [string, Quantity][] => {
    const parsed = parseQuantity(String(value))
    return parsed ? [[name, parsed]] : []
  })

/** What is wrong with what a container may use and asks for. */
export function resourceCauses(container: JsonRecord, path: string): FieldCause[] {
  const resources = recordAt(container, 'resources') ?? {}
  const limits = quantitiesOf(recordAt(resources, 'limits'))
  const requests = quantitiesOf(recordAt(resources, 'requests'))
  const at = `${path}.resources`
  const own = (which: string, [name, amount]: [string, Quantity]) => {
    const field = `${at}.${which}[${name}]`
    return [...nameCauses(name, field), ...amountCauses(name, amount, field)]
  }
  const causes = limits.flatMap((limit) => own('limits', limit))
  for (const [name, amount] of requests) {
    causes.push(...own('requests', [name, amount]))
    const limit = limits.find(([limited]) => limited === name)?.[1]
    const text = quantityText(amount)
    if (!limit) {
      const why = 'Limit must be set for non overcommitable resources'
      if (!isOvercommitted(name)) causes.push(requiredValue(`${at}.limits`, why))
    } else if (!isOvercommitted(name) && compare(amount, limit) !== 0) {
      const why = `must be equal to ${name} limit of ${quantityText(limit)}`
      causes.push(invalidValue(`${at}.requests`, text, why))
    } else if (compare(amount, limit) > 0) {
      const why = `must be less than or equal to ${name} limit of ${quantityText(limit)}`
      causes.push(invalidValue(`${at}.requests`, text, why))
    }
  }
  const names = [...limits, ...requests].map(([name]) => name)
  if (names.some(isHugePages) && !names.some((name) => name === 'cpu' || name === 'memory')) {
    causes.push(forbiddenField(at, 'HugePages require cpu or memory'))
  }
  return causes
}

/** Warnings about memory and storage that are no whole number of bytes. */
export function resourceWarnings(container: JsonRecord, path: string): string[] {
  const resources = recordAt(container, 'resources') ?? {}
  return ['limits', 'requests'].flatMap((which) =>
    quantitiesOf(recordAt(resources, which))
      .filter(
        ([name, amount]) => ['memory', 'ephemeral-storage'].includes(name) && exact(amount, 3) % 1000n !== 0n,
      )
      .map(([name, amount]) => {
        const text = quantityText(amount)
        return `${path}.resources.${which}[${name}]: fractional byte value ${JSON.stringify(text)} is invalid, must be an integer`
      }),
  )
}
