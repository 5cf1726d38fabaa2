import type { Environment } from '@marcbachmann/cel-js'
import { EvaluationError } from '@marcbachmann/cel-js'
import { isDeepStrictEqual } from 'node:util'

type Comparable = bigint | number | string | boolean | Date

const isSorted = (list: Comparable[]) =>
  list.every((item, index) => index === 0 || (list[index - 1] ?? item) <= item)

function extreme(name: string, better: (a: Comparable, b: Comparable) => boolean) {
  return (list: Comparable[]) => {
    const [first, ...rest] = list
    if (first === undefined) {
      throw new EvaluationError({ code: 'empty_list', message: `${name} called on empty list` })
    }
    return rest.reduce((best, one) => (better(one, best) ? one : best), first)
  }
}

const has = (list: readonly unknown[], value: unknown) => list.some((one) => isDeepStrictEqual(one, value))
const contains = (list: unknown[], other: unknown[]) => other.every((one) => has(list, one))

function distinct(list: unknown[]): unknown[] {
  const kept: unknown[] = []
  for (const one of list) if (!has(kept, one)) kept.push(one)
  return kept
}

/** The namespace of the functions of sets. */
class Sets {
  readonly name = 'sets'
}

/** Functions of lists and sets: those of Kubernetes and of cel-go's lists and sets extensions. */
export function listFunctions(environment: Environment): void {
  for (const type of ['int', 'double', 'string', 'bool']) {
    environment
      .registerFunction(`list<${type}>.isSorted(): bool`, isSorted)
      .registerFunction(
        `list<${type}>.min(): ${type}`,
        extreme('min', (a, b) => a < b),
      )
      .registerFunction(
        `list<${type}>.max(): ${type}`,
        extreme('max', (a, b) => a > b),
      )
      .registerFunction(`list<${type}>.sort(): list<${type}>`, (list: Comparable[]) =>
        list.toSorted((a, b) => (a < b ? -1 : Number(a > b))),
      )
  }
  environment
    .registerFunction('list<int>.sum(): int', (list: bigint[]) => list.reduce((sum, one) => sum + one, 0n))
    .registerFunction('list<double>.sum(): double', (list: number[]) =>
      list.reduce((sum, one) => sum + one, 0),
    )
    .registerFunction('list<A>.indexOf(A): int', (list: unknown[], value: unknown) =>
      BigInt(list.findIndex((one) => isDeepStrictEqual(one, value))),
    )
    .registerFunction('list<A>.lastIndexOf(A): int', (list: unknown[], value: unknown) =>
      BigInt(list.findLastIndex((one) => isDeepStrictEqual(one, value))),
    )
    .registerFunction('list<A>.distinct(): list<A>', distinct)
    .registerFunction('list<A>.reverse(): list<A>', (list: unknown[]) => list.toReversed())
    .registerFunction('list<A>.slice(int, int): list<A>', (list: unknown[], from: bigint, to: bigint) => {
      if (from < 0n || to < from || to > BigInt(list.length)) {
        const message = `cannot slice(${from}, ${to}), list is length ${list.length}`
        throw new EvaluationError({ code: 'index_out_of_range', message })
      }
      return list.slice(Number(from), Number(to))
    })
    .registerType('Sets', { ctor: Sets })
    .registerConstant('sets', 'Sets', new Sets())
    .registerFunction('Sets.contains(list<A>, list<A>): bool', (_: Sets, a: unknown[], b: unknown[]) =>
      contains(a, b),
    )
    .registerFunction(
      'Sets.equivalent(list<A>, list<A>): bool',
      (_: Sets, a: unknown[], b: unknown[]) => contains(a, b) && contains(b, a),
    )
    .registerFunction('Sets.intersects(list<A>, list<A>): bool', (_: Sets, a: unknown[], b: unknown[]) =>
      b.some((one) => has(a, one)),
    )
}
