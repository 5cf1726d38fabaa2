import { API_GROUP } from '../../cocoon/keys.ts'
import { fieldsOf, itemsOf } from '../reader.ts'

interface RightAttributes {
  verb: string
  group: string
  resource: string
  subresource?: string
}

/** Every right that some action or page needs (contract 10), named as a sentence ends: "You may not patch cocoonsets". */
export const RIGHTS = {
  'get pods': { verb: 'get', group: '', resource: 'pods' },
  'create pods': { verb: 'create', group: '', resource: 'pods' },
  'delete pods': { verb: 'delete', group: '', resource: 'pods' },
  'list events': { verb: 'list', group: '', resource: 'events' },
  'create pods/exec': { verb: 'create', group: '', resource: 'pods', subresource: 'exec' },
  'get pods/exec': { verb: 'get', group: '', resource: 'pods', subresource: 'exec' },
  'get pods/log': { verb: 'get', group: '', resource: 'pods', subresource: 'log' },
  'get cocoonsets': { verb: 'get', group: API_GROUP, resource: 'cocoonsets' },
  'create cocoonsets': { verb: 'create', group: API_GROUP, resource: 'cocoonsets' },
  'patch cocoonsets': { verb: 'patch', group: API_GROUP, resource: 'cocoonsets' },
  'update cocoonsets': { verb: 'update', group: API_GROUP, resource: 'cocoonsets' },
  'delete cocoonsets': { verb: 'delete', group: API_GROUP, resource: 'cocoonsets' },
  'get cocoonhibernations': { verb: 'get', group: API_GROUP, resource: 'cocoonhibernations' },
  'create cocoonhibernations': { verb: 'create', group: API_GROUP, resource: 'cocoonhibernations' },
  'patch cocoonhibernations': { verb: 'patch', group: API_GROUP, resource: 'cocoonhibernations' },
  'delete cocoonhibernations': { verb: 'delete', group: API_GROUP, resource: 'cocoonhibernations' },
} as const satisfies Record<string, RightAttributes>

export type Right = keyof typeof RIGHTS

export const RIGHT_NAMES = Object.keys(RIGHTS) as readonly Right[]

/** Held for all objects, for none, or for those of these names. */
export type Held = boolean | readonly string[]

/** What somebody may do in one namespace; what is missing is not known. */
export interface Rights {
  namespace: string
  may: Partial<Record<Right, Held>>
}

/** What somebody may do, by namespace, as far as it was asked for. */
export type RightsIn = ReadonlyMap<string, Rights>

const texts = (value: unknown) =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []

const covers = (list: readonly string[], wanted: string) => list.includes('*') || list.includes(wanted)

/** As RBAC has it: `*` is all, `pods/exec` itself, `*` + `/exec` that of all resources. */
function coversResource(list: readonly string[], { resource, subresource }: RightAttributes): boolean {
  if (subresource === undefined) return covers(list, resource)
  return covers(list, `${resource}/${subresource}`) || list.includes(`*/${subresource}`)
}

/** Who creates an object names it only in the body, which no rule about names has seen; a pod's shell has a pod. */
const hasName = ({ verb, subresource }: RightAttributes) => verb !== 'create' || subresource !== undefined

function heldBy(rules: readonly Record<string, unknown>[], right: RightAttributes): Held {
  const names = new Set<string>()
  for (const { verbs, apiGroups, resources, resourceNames } of rules) {
    if (!covers(texts(verbs), right.verb) || !covers(texts(apiGroups), right.group)) continue
    if (!coversResource(texts(resources), right)) continue
    const only = texts(resourceNames)
    if (only.length === 0) return true
    if (hasName(right)) for (const name of only) names.add(name)
  }
  return names.size === 0 ? false : [...names].sort()
}

/** The rights that the status of a SelfSubjectRulesReview gives. */
export function rightsOfRules(namespace: string, status: unknown): Rights & { may: Record<Right, Held> } {
  const rules = itemsOf(fieldsOf(status).resourceRules)
  const entries = RIGHT_NAMES.map((name) => [name, heldBy(rules, RIGHTS[name])] as const)
  return { namespace, may: Object.fromEntries(entries) as Record<Right, Held> }
}

/** Whether a right is held for the object of this name; undefined when it is not known. */
export function holds({ may }: Rights, right: Right, name: string): boolean | undefined {
  const held = may[right]
  return typeof held === 'boolean' || held === undefined ? held : held.includes(name)
}

/** How it begins when a right is missing. */
export const LACK = 'You may not'

/** What is said to whoever has not this right there. */
export const lackWords = (right: Right, namespace: string): string => `${LACK} ${right} in ${namespace}.`
