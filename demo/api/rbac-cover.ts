import type { PolicyRule } from './rbac-rules.ts'

const ALL = '*'

const single = (rule: Partial<PolicyRule>): PolicyRule => ({
  verbs: [],
  apiGroups: [],
  resources: [],
  resourceNames: [],
  nonResourceURLs: [],
  ...rule,
})

/** A rule in parts of one verb on one resource, one name or one path each. */
function parts(rule: PolicyRule): PolicyRule[] {
  const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } = rule
  const names = resourceNames.length === 0 ? [[]] : resourceNames.map((name) => [name])
  const ofResources = apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) =>
        names.map((name) =>
          single({ verbs: [verb], apiGroups: [group], resources: [resource], resourceNames: name }),
        ),
      ),
    ),
  )
  const ofPaths = nonResourceURLs.flatMap((url) =>
    verbs.map((verb) => single({ verbs: [verb], nonResourceURLs: [url] })),
  )
  return [...ofResources, ...ofPaths]
}

const hasAll = (owned: readonly string[], wanted: readonly string[]) =>
  owned.includes(ALL) || wanted.every((one) => owned.includes(one))

const hasResources = (owned: readonly string[], wanted: readonly string[]) =>
  owned.includes(ALL) ||
  wanted.every((one) => {
    const slash = one.indexOf('/')
    return owned.includes(one) || (slash >= 0 && owned.includes(`*${one.slice(slash)}`))
  })

const hasPaths = (owned: readonly string[], wanted: readonly string[]) =>
  wanted.every((path) =>
    owned.some((url) => url === path || (url.endsWith(ALL) && path.startsWith(url.slice(0, -1)))),
  )

function covers(owned: PolicyRule, part: PolicyRule): boolean {
  if (!hasAll(owned.verbs, part.verbs)) return false
  if (part.nonResourceURLs.length > 0) return hasPaths(owned.nonResourceURLs, part.nonResourceURLs)
  const named =
    owned.resourceNames.length === 0 ||
    (part.resourceNames.length > 0 && part.resourceNames.every((one) => owned.resourceNames.includes(one)))
  return hasAll(owned.apiGroups, part.apiGroups) && hasResources(owned.resources, part.resources) && named
}

/** What of the wanted rules is not in the held ones, the verbs of one resource together. */
export function missingRules(held: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] {
  const missing = wanted.flatMap(parts).filter((part) => !held.some((rule) => covers(rule, part)))
  const together = new Map<string, PolicyRule>()
  for (const part of missing) {
    const { verbs: _, ...where } = part
    const key = JSON.stringify(part.nonResourceURLs.length > 0 ? part : where)
    const known = together.get(key)
    together.set(key, known ? { ...known, verbs: [...known.verbs, ...part.verbs] } : part)
  }
  return [...together.values()]
}

const LISTS = [
  ['APIGroups', 'apiGroups'],
  ['Resources', 'resources'],
  ['NonResourceURLs', 'nonResourceURLs'],
  ['ResourceNames', 'resourceNames'],
  ['Verbs', 'verbs'],
] as const

/** A rule as refusals print it. */
export const ruleText = (rule: PolicyRule): string =>
  `{${LISTS.filter(([, field]) => rule[field].length > 0)
    .map(([word, field]) => `${word}:[${rule[field].map((one) => JSON.stringify(one)).join(' ')}]`)
    .join(', ')}}`
