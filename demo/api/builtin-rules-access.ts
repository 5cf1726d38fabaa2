import type { BuiltinRule } from './builtin-rule.ts'
import { itemsAt, recordAt } from './builtin-rules-checks.ts'
import { labelCauses } from './builtin-rules-scheduling.ts'
import { invalidValue, notSupported, requiredValue } from './field-causes.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, listAt, sameJson, textAt } from './json.ts'
import type { FieldCause } from './status.ts'

const GROUP = 'rbac.authorization.k8s.io'

function ruleCauses(rule: JsonRecord, at: string, namespaced: boolean): FieldCause[] {
  const filled = (name: string) => listAt(rule, name).length > 0
  const causes = filled('verbs')
    ? []
    : [requiredValue(`${at}.verbs`, 'verbs must contain at least one value')]
  const urls = rule.nonResourceURLs
  if (filled('nonResourceURLs')) {
    const refuse = (why: string) => causes.push(invalidValue(`${at}.nonResourceURLs`, urls, why))
    if (namespaced) refuse('namespaced rules cannot apply to non-resource URLs')
    if (filled('apiGroups') || filled('resources') || filled('resourceNames')) {
      refuse('rules cannot apply to both regular resources and non-resource URLs')
    }
    return causes
  }
  if (!filled('apiGroups')) {
    causes.push(requiredValue(`${at}.apiGroups`, 'resource rules must supply at least one api group'))
  }
  if (!filled('resources')) {
    causes.push(requiredValue(`${at}.resources`, 'resource rules must supply at least one resource'))
  }
  return causes
}

const rulesCauses = (role: KubeJson, namespaced: boolean): FieldCause[] =>
  listAt(role, 'rules').flatMap((rule, index) =>
    ruleCauses(isRecord(rule) ? rule : {}, `rules[${index}]`, namespaced),
  )

function aggregationCauses(role: KubeJson): FieldCause[] {
  const aggregation = recordAt(role, 'aggregationRule')
  if (!aggregation) return []
  const selectors = itemsAt(aggregation, 'clusterRoleSelectors', 'aggregationRule')
  if (selectors.length === 0) {
    const why = 'at least one clusterRoleSelector required if aggregationRule is non-nil'
    return [requiredValue('aggregationRule.clusterRoleSelectors', why)]
  }
  return selectors.flatMap(([selector, at]) => {
    const causes = labelCauses(selector.matchLabels, `${at}.matchLabels`)
    if (causes.length > 0) causes.push(invalidValue(at, null, 'invalid label selector.'))
    return causes
  })
}

const SUBJECTS = ['ServiceAccount', 'User', 'Group']

function subjectCauses(subject: JsonRecord, at: string, namespaced: boolean): FieldCause[] {
  const kind = textAt(subject, 'kind')
  const group = textAt(subject, 'apiGroup')
  const causes = textAt(subject, 'name') ? [] : [requiredValue(`${at}.name`)]
  if (!SUBJECTS.includes(kind)) return [...causes, notSupported(`${at}.kind`, kind, SUBJECTS)]
  const wanted = kind === 'ServiceAccount' ? '' : GROUP
  if (group !== wanted) causes.push(notSupported(`${at}.apiGroup`, group, [wanted]))
  const needsNamespace = kind === 'ServiceAccount' && !namespaced && !textAt(subject, 'namespace')
  return needsNamespace ? [...causes, requiredValue(`${at}.namespace`)] : causes
}

/** Go's names, which the original prints where it compares its internal types. */
const internal = (reference: JsonRecord) => ({
  APIGroup: textAt(reference, 'apiGroup'),
  Kind: textAt(reference, 'kind'),
  Name: textAt(reference, 'name'),
})

function bindingCauses(binding: KubeJson, old: KubeJson | undefined, namespaced: boolean): FieldCause[] {
  const reference = recordAt(binding, 'roleRef') ?? {}
  const kinds = namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole']
  const group = textAt(reference, 'apiGroup')
  const kind = textAt(reference, 'kind')
  const causes = listAt(binding, 'subjects').flatMap((subject, index) =>
    subjectCauses(isRecord(subject) ? subject : {}, `subjects[${index}]`, namespaced),
  )
  if (group !== GROUP) causes.push(notSupported('roleRef.apiGroup', group, [GROUP]))
  if (!kinds.includes(kind)) causes.push(notSupported('roleRef.kind', kind, kinds))
  if (!textAt(reference, 'name')) causes.push(requiredValue('roleRef.name'))
  if (old && !sameJson(reference, old.roleRef)) {
    causes.push(invalidValue('roleRef', internal(reference), 'cannot change roleRef'))
  }
  return causes
}

/** Groups of subjects and roles that nobody names. */
function withGroups(binding: KubeJson): KubeJson {
  const subjects = listAt(binding, 'subjects').map((subject) => {
    const isPerson = textAt(subject, 'kind') === 'User' || textAt(subject, 'kind') === 'Group'
    return isRecord(subject) && isPerson ? Object.assign({ apiGroup: GROUP }, subject) : subject
  })
  const reference = recordAt(binding, 'roleRef') ?? {}
  return {
    ...binding,
    ...(subjects.length > 0 && { subjects }),
    roleRef: { ...reference, apiGroup: textAt(reference, 'apiGroup') || GROUP },
  }
}

const binding = (namespaced: boolean): BuiltinRule => ({
  create: withGroups,
  update: withGroups,
  validate: (object, old) => bindingCauses(object, old, namespaced),
})

/** Roles and who has them. */
export const ACCESS_RULES: Readonly<Record<string, BuiltinRule>> = {
  [`roles.${GROUP}`]: { validate: (role) => rulesCauses(role, true) },
  [`clusterroles.${GROUP}`]: {
    validate: (role) => [...rulesCauses(role, false), ...aggregationCauses(role)],
  },
  [`rolebindings.${GROUP}`]: binding(true),
  [`clusterrolebindings.${GROUP}`]: binding(false),
}
