import { isRecord, listAt, textAt, valueAt } from './json.ts'

const OPERATORS: Readonly<Record<string, string>> = { In: 'in', NotIn: 'notin' }

function requirement(expression: unknown): string {
  const key = textAt(expression, 'key')
  const operator = textAt(expression, 'operator')
  if (operator === 'Exists') return key
  if (operator === 'DoesNotExist') return `!${key}`
  const values = listAt(expression, 'values').map(String).sort()
  return `${key} ${OPERATORS[operator] ?? operator} (${values.join(',')})`
}

/** A map of labels as cells show it: `a=1,b=2`, or `<none>`. */
export function labelsText(labels: unknown): string {
  const pairs = isRecord(labels)
    ? Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`)
    : []
  return pairs.sort().join(',') || '<none>'
}

/** A LabelSelector object as cells show it; `<none>` when it selects everything or nothing. */
export function selectorText(selector: unknown): string {
  const labels = valueAt(selector, 'matchLabels')
  const pairs = isRecord(labels)
    ? Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`)
    : []
  const requirements = listAt(selector, 'matchExpressions').map(requirement)
  return [...pairs, ...requirements].sort().join(',') || '<none>'
}
