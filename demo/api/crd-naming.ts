import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, listAt, sameJson, textAt, valueAt } from './json.ts'

/** The names that a definition has been given, which may be fewer than it asks for. */
interface Names {
  plural: string
  singular: string
  kind: string
  listKind: string
  shortNames: string[]
  categories: string[]
}

const texts = (list: readonly unknown[]) => list.filter((one) => typeof one === 'string')

function namesAt(crd: unknown, ...path: string[]): Names {
  const names = valueAt(crd, ...path)
  return {
    plural: textAt(names, 'plural'),
    singular: textAt(names, 'singular'),
    kind: textAt(names, 'kind'),
    listKind: textAt(names, 'listKind'),
    shortNames: texts(listAt(names, 'shortNames')),
    categories: texts(listAt(names, 'categories')),
  }
}

/** Without what is empty, as Go prints it; plural and kind are always printed. */
function printed({ singular, shortNames, listKind, categories, ...always }: Names): JsonRecord {
  return {
    ...always,
    ...(singular && { singular }),
    ...(shortNames.length > 0 && { shortNames }),
    ...(listKind && { listKind }),
    ...(categories.length > 0 && { categories }),
  }
}

interface Conflict {
  reason: string
  message: string
}

/** What of the wanted names may be had besides the others of the group, and why the rest may not. */
function accepted(
  wanted: Names,
  had: Names,
  others: readonly Names[],
): { names: Names; conflict?: Conflict } {
  const resources = new Set(others.flatMap((one) => [one.plural, one.singular, ...one.shortNames]))
  const kinds = new Set(others.flatMap((one) => [one.kind, one.listKind]))
  const names = { ...had, categories: wanted.categories }
  const conflicts: Conflict[] = []
  const take = (
    name: 'plural' | 'singular' | 'kind' | 'listKind',
    taken: ReadonlySet<string>,
    reason: string,
  ) => {
    if (wanted[name] !== had[name] && taken.has(wanted[name])) {
      conflicts.push({ reason, message: `"${wanted[name]}" is already in use` })
    } else names[name] = wanted[name]
  }
  take('plural', resources, 'PluralConflict')
  take('singular', resources, 'SingularConflict')
  const taken = wanted.shortNames.filter((one) => !had.shortNames.includes(one) && resources.has(one))
  if (taken.length > 0) {
    const message = taken.map((one) => `"${one}" is already in use`).join(', ')
    conflicts.push({ reason: 'ShortNamesConflict', message: taken.length > 1 ? `[${message}]` : message })
  } else names.shortNames = wanted.shortNames
  take('kind', kinds, 'KindConflict')
  take('listKind', kinds, 'ListKindConflict')
  const conflict = conflicts.at(-1)
  return { names, ...(conflict && { conflict }) }
}

interface Condition extends JsonRecord {
  type: string
  status: string
}

const conditionsOf = (crd: KubeJson) => listAt(crd, 'status', 'conditions').filter(isRecord)
const conditionOf = (crd: KubeJson, type: string) => conditionsOf(crd).find((one) => one.type === type)

/** Whether the server serves the objects of a definition. */
export const isEstablished = (crd: KubeJson) => conditionOf(crd, 'Established')?.status === 'True'

/** The conditions of a definition with one of them set; its time is when its status changed. */
export function withCondition(crd: KubeJson, wanted: Condition, now: string): unknown[] {
  const old = conditionOf(crd, wanted.type)
  const lastTransitionTime = old && old.status === wanted.status ? old.lastTransitionTime : now
  const { type, status, ...words } = wanted
  const condition = { type, status, lastTransitionTime, ...words }
  const conditions = conditionsOf(crd)
  return old ? conditions.map((one) => (one === old ? condition : one)) : [...conditions, condition]
}

const NO_NAMES: Names = { plural: '', singular: '', kind: '', listKind: '', shortNames: [], categories: [] }

/**
 * A definition after its names were compared with those of the others in its group: accepted or not, established
 * when they are. The same object when that is known already.
 */
export function withNames(crd: KubeJson, all: readonly KubeJson[], now: string): KubeJson {
  const group = textAt(crd, 'spec', 'group')
  const others = all
    .filter((one) => one.metadata.name !== crd.metadata.name && textAt(one, 'spec', 'group') === group)
    .map((one) => namesAt(one, 'status', 'acceptedNames'))
  const had = { ...NO_NAMES, ...namesAt(crd, 'status', 'acceptedNames') }
  const { names, conflict } = accepted(namesAt(crd, 'spec', 'names'), had, others)
  const reason = { reason: 'NoConflicts', message: 'no conflicts found', ...conflict }
  const status = isRecord(crd.status) ? crd.status : {}
  const told = { ...crd, status: { ...status, acceptedNames: printed(names) } }
  const namesAccepted = { type: 'NamesAccepted', status: conflict ? 'False' : 'True', ...reason }
  const judged = { ...told, status: { ...told.status, conditions: withCondition(told, namesAccepted, now) } }
  const established = {
    type: 'Established',
    status: conflict ? 'False' : 'True',
    reason: conflict ? 'NotAccepted' : 'InitialNamesAccepted',
    message: conflict ? 'not all names are accepted' : 'the initial names have been accepted',
  }
  // What is established stays so, whatever becomes of its names.
  if (isEstablished(crd)) return sameJson(judged, crd) ? crd : judged
  const done = {
    ...judged,
    status: { ...judged.status, conditions: withCondition(judged, established, now) },
  }
  return sameJson(done, crd) ? crd : done
}
