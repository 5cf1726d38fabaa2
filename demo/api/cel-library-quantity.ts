import type { Environment } from '@marcbachmann/cel-js'
import { EvaluationError } from '@marcbachmann/cel-js'
import type { Quantity } from '../../lib/cocoon/quantity-parse.ts'
import { parseQuantity } from '../../lib/cocoon/quantity-parse.ts'

/** A quantity as rules hold it: exact, to nano units. */
class CelQuantity {
  /** In nano units. */
  readonly nanos: bigint
  constructor(nanos: bigint) {
    this.nanos = nanos
  }
}

const NANO = 1_000_000_000n
const NANO_DIGITS = 9

function nanosOf({ coefficient, exponent }: Quantity): bigint {
  const shift = exponent + NANO_DIGITS
  return shift >= 0 ? coefficient * 10n ** BigInt(shift) : coefficient / 10n ** BigInt(-shift)
}

function quantity(text: string): CelQuantity {
  const parsed = parseQuantity(text)
  if (parsed) return new CelQuantity(nanosOf(parsed))
  const message =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
  throw new EvaluationError({ code: 'quantity_error', message })
}

const sign = (value: bigint) => (value < 0n ? -1n : BigInt(value > 0n))

/** Kubernetes' quantities. */
export function quantityFunctions(environment: Environment): void {
  environment
    .registerType('kubernetes.Quantity', { ctor: CelQuantity })
    .registerOperator(
      'kubernetes.Quantity == kubernetes.Quantity',
      (a: CelQuantity, b: CelQuantity) => a.nanos === b.nanos,
    )
    .registerFunction('quantity(string): kubernetes.Quantity', quantity)
    .registerFunction('isQuantity(string): bool', (text: string) => parseQuantity(text) !== null)
    .registerFunction('kubernetes.Quantity.sign(): int', (a: CelQuantity) => sign(a.nanos))
    .registerFunction('kubernetes.Quantity.isInteger(): bool', (a: CelQuantity) => a.nanos % NANO === 0n)
    .registerFunction('kubernetes.Quantity.asInteger(): int', (a: CelQuantity) => {
      if (a.nanos % NANO === 0n) return a.nanos / NANO
      throw new EvaluationError({ code: 'quantity_error', message: 'cannot convert value to integer' })
    })
    .registerFunction(
      'kubernetes.Quantity.asApproximateFloat(): double',
      (a: CelQuantity) => Number(a.nanos) / Number(NANO),
    )
  const binary = (name: string, result: string, apply: (a: bigint, b: bigint) => unknown) =>
    environment.registerFunction(
      `kubernetes.Quantity.${name}(kubernetes.Quantity): ${result}`,
      (a: CelQuantity, b: CelQuantity) => apply(a.nanos, b.nanos),
    )
  binary('isLessThan', 'bool', (a, b) => a < b)
  binary('isGreaterThan', 'bool', (a, b) => a > b)
  binary('compareTo', 'int', (a, b) => sign(a - b))
  for (const [name, apply] of [
    ['add', (a: bigint, b: bigint) => a + b],
    ['sub', (a: bigint, b: bigint) => a - b],
  ] as const) {
    binary(name, 'kubernetes.Quantity', (a, b) => new CelQuantity(apply(a, b)))
    environment.registerFunction(
      `kubernetes.Quantity.${name}(int): kubernetes.Quantity`,
      (a: CelQuantity, b: bigint) => new CelQuantity(apply(a.nanos, b * NANO)),
    )
  }
}
