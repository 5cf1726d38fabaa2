import { isRecord, listAt, textAt, valueAt } from './json.ts'
import type { LabelTest } from './label-selector.ts'

const OPERATORS: Readonly<
  Record<string, (found: string | undefined, values: readonly unknown[]) => boolean>
> = {
  In: (found, values) => found !== undefined && values.includes(found),
  NotIn: (found, values) => found === undefined || !values.includes(found),
  Exists: (found) => found !== undefined,
  DoesNotExist: (found) => found === undefined,
}

/** The test of a LabelSelector object (meta/v1); undefined when it selects everything. */
export function selectorTest(selector: unknown): LabelTest | undefined {
  const labels = valueAt(selector, 'matchLabels')
  const equal = Object.entries(isRecord(labels) ? labels : {})
  const expressions = listAt(selector, 'matchExpressions').map((one) => ({
    key: textAt(one, 'key'),
    holds: OPERATORS[textAt(one, 'operator')] ?? (() => false),
    values: listAt(one, 'values'),
  }))
  if (equal.length === 0 && expressions.length === 0) return undefined
  return (found) => {
    const valueOf = (key: string) => (Object.hasOwn(found, key) ? found[key] : undefined)
    return (
      equal.every(([key, value]) => valueOf(key) === value) &&
      expressions.every(({ key, holds, values }) => holds(valueOf(key), values))
    )
  }
}
