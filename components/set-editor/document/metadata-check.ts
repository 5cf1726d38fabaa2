import type { CocoonSet } from '../../../lib/cocoon/crd.ts'
import { isJsonObject } from '../../../lib/cocoon/schema.ts'
import type { FieldProblem } from './field-problem.ts'

const DNS_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?$/
const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/
/** The operator writes the name into a label of every pod (contract 1.2). */
const LONGEST_LABEL = 63

/** What the cluster keeps there: it comes along when a whole object is pasted. */
const CLUSTERS = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'finalizers',
  'ownerReferences',
  'selfLink',
])
const PEOPLES = new Set(['name', 'namespace', 'labels', 'annotations'])

const problem = (
  path: (string | number)[],
  message: string,
  severity: FieldProblem['severity'] = 'error',
): FieldProblem => ({ path: ['metadata', ...path], message, severity })

function nameProblems(metadata: Record<string, unknown>, old: CocoonSet | null): FieldProblem[] {
  return (['name', 'namespace'] as const).flatMap((field) => {
    const value = metadata[field]
    if (value === undefined || value === '' || value === null) return [problem([field], 'is required')]
    if (typeof value !== 'string') return [problem([field], 'must be text: put it in quotes')]
    const was = old?.metadata?.[field]
    if (was !== undefined && was !== value) {
      return [problem([field], `is ${was} and stays so: clone the set to have it under another ${field}`)]
    }
    const rule = field === 'name' ? DNS_NAME : DNS_LABEL
    if (!rule.test(value)) {
      const dots = field === 'name' ? ', dots' : ''
      return [
        problem(
          [field],
          `must be small letters, digits${dots} and dashes, with a letter or digit at both ends`,
        ),
      ]
    }
    return field === 'name' && value.length > LONGEST_LABEL
      ? [problem([field], `has more than ${LONGEST_LABEL} characters: no pod can be labelled with it`)]
      : []
  })
}

function mapProblems(name: 'labels' | 'annotations', map: unknown): FieldProblem[] {
  if (map === undefined || map === null) return []
  if (!isJsonObject(map)) return [problem([name], 'must be a mapping of names to texts')]
  return Object.entries(map).flatMap(([key, value]) => {
    if (!KEY.test(key)) {
      return [
        problem([name, key], 'is not a key: [domain/]name of letters, digits, dashes, dots and underscores'),
      ]
    }
    if (typeof value !== 'string') return [problem([name, key], 'must be text: put it in quotes')]
    if (name === 'labels' && !LABEL_VALUE.test(value)) {
      return [problem([name, key], 'must be at most 63 letters, digits, dashes, dots and underscores')]
    }
    return []
  })
}

/** What is wrong with the names, labels and annotations; `old` is the set that is edited. */
export function metadataProblems(value: unknown, old: CocoonSet | null): FieldProblem[] {
  if (value !== undefined && value !== null && !isJsonObject(value)) {
    return [problem([], 'must be a mapping of fields')]
  }
  const metadata = value ?? {}
  const others = Object.keys(metadata).filter((name) => !PEOPLES.has(name))
  return [
    ...nameProblems(metadata, old),
    ...mapProblems('labels', metadata.labels),
    ...mapProblems('annotations', metadata.annotations),
    ...others.map((name) =>
      CLUSTERS.has(name)
        ? problem([name], 'belongs to the cluster; it is not sent', 'warning')
        : problem([name], 'is not a field of metadata'),
    ),
  ]
}
