import type { Attributes } from './authorization.ts'
import { isRecord, listAt } from './json.ts'

/** A rule of a Role or ClusterRole. A list that the rule does not have is empty. */
export interface PolicyRule {
  verbs: readonly string[]
  apiGroups: readonly string[]
  resources: readonly string[]
  resourceNames: readonly string[]
  nonResourceURLs: readonly string[]
}

const ALL = '*'

const textsAt = (value: unknown, field: string) =>
  listAt(value, field).filter((one) => typeof one === 'string')

/** The rules of a role object. */
export function rulesOf(role: unknown): PolicyRule[] {
  return listAt(role, 'rules')
    .filter(isRecord)
    .map((rule) => ({
      verbs: textsAt(rule, 'verbs'),
      apiGroups: textsAt(rule, 'apiGroups'),
      resources: textsAt(rule, 'resources'),
      resourceNames: textsAt(rule, 'resourceNames'),
      nonResourceURLs: textsAt(rule, 'nonResourceURLs'),
    }))
}

const has = (list: readonly string[], wanted: string) => list.includes(ALL) || list.includes(wanted)

/** Whether a rule names a resource: itself, all of them, or its subresource of all resources. */
const namesResource = ({ resources }: PolicyRule, resource: string, subresource: string) =>
  subresource === ''
    ? has(resources, resource)
    : has(resources, `${resource}/${subresource}`) || resources.includes(`*/${subresource}`)

const namesPath = ({ nonResourceURLs }: PolicyRule, path: string) =>
  nonResourceURLs.some(
    (url) => url === ALL || url === path || (url.endsWith(ALL) && path.startsWith(url.replace(/\*+$/, ''))),
  )

/** Whether one rule allows what is asked for. */
export function ruleAllows(rule: PolicyRule, asked: Attributes): boolean {
  if (!has(rule.verbs, asked.verb)) return false
  if (asked.path) return namesPath(rule, asked.path)
  const { resourceNames } = rule
  return (
    has(rule.apiGroups, asked.group) &&
    namesResource(rule, asked.resource, asked.subresource) &&
    (resourceNames.length === 0 || resourceNames.includes(asked.name))
  )
}
