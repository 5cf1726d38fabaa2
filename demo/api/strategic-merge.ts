import type { JsonRecord } from './json.ts'
import { isRecord, sameJson } from './json.ts'
import { badRequest } from './status.ts'

/** Lists of built-in objects whose items are merged by a key; every other list is replaced whole. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  addresses: 'type',
  conditions: 'type',
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  ownerReferences: 'uid',
  podIPs: 'ip',
  ports: 'containerPort',
  resourceClaims: 'name',
  secrets: 'name',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
}
/** Lists of plain values that are merged as sets. */
const SETS = new Set(['finalizers', 'podCIDRs'])

const ORDER = '$setElementOrder/'
const REMOVALS = '$deleteFromPrimitiveList/'
const DIRECTIVES = new Set(['$patch', '$retainKeys'])
const isDirective = (key: string) => key.startsWith('$')

/** Sorts merged items as the client lists them; those it does not list stay behind, in their order. */
function ordered(items: readonly unknown[], order: unknown, key: string | undefined): unknown[] {
  if (!Array.isArray(order)) return [...items]
  const identity = (item: unknown) => (key && isRecord(item) ? item[key] : item)
  const places = new Map(order.map((item, place) => [identity(item), place]))
  const place = (item: unknown) => places.get(identity(item)) ?? places.size
  return items
    .map((item) => ({ item, place: place(item) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

/** Without directives and nulls, for what the target does not have yet. */
function plain(value: unknown): unknown {
  if (Array.isArray(value))
    return value.filter((item) => !isRecord(item) || item.$patch !== 'delete').map(plain)
  if (!isRecord(value)) return value
  const kept = Object.entries(value).filter(([key, item]) => !isDirective(key) && item !== null)
  return Object.fromEntries(kept.map(([key, item]) => [key, plain(item)]))
}

function mergeList(target: readonly unknown[], patch: readonly unknown[], key: string): unknown[] {
  const replaces = patch.some((item) => isRecord(item) && item.$patch === 'replace')
  if (replaces) return patch.filter((item) => !isRecord(item) || item.$patch !== 'replace').map(plain)
  const merged = [...target]
  for (const item of patch) {
    if (!isRecord(item) || item[key] === undefined) {
      throw badRequest(`map: ${JSON.stringify(item)} does not contain declared merge key: ${key}`)
    }
    const at = merged.findIndex((one) => isRecord(one) && sameJson(one[key], item[key]))
    if (item.$patch === 'delete') {
      if (at >= 0) merged.splice(at, 1)
    } else if (at >= 0) merged[at] = strategicMerge(merged[at], item)
    else merged.push(plain(item))
  }
  return merged
}

function mergeField(key: string, target: unknown, patch: JsonRecord): unknown {
  const value = patch[key]
  if (!Array.isArray(value)) return strategicMerge(target, value)
  const present: readonly unknown[] = Array.isArray(target) ? target : []
  const mergeKey = MERGE_KEYS[key]
  const order = patch[ORDER + key]
  if (mergeKey && [...present, ...value].every(isRecord)) {
    return ordered(mergeList(present, value, mergeKey), order, mergeKey)
  }
  return SETS.has(key) ? ordered([...new Set([...present, ...value])], order, undefined) : value
}

/** Fields that only a directive names: reordered, or with values removed. */
function applyListDirectives(merged: JsonRecord, patch: JsonRecord): void {
  for (const [directive, value] of Object.entries(patch)) {
    if (directive.startsWith(REMOVALS)) {
      const key = directive.slice(REMOVALS.length)
      const present = merged[key]
      const gone = new Set<unknown>(Array.isArray(value) ? value : [])
      if (Array.isArray(present)) merged[key] = present.filter((item) => !gone.has(item))
    } else if (directive.startsWith(ORDER)) {
      const key = directive.slice(ORDER.length)
      if (Array.isArray(merged[key]) && patch[key] === undefined) {
        merged[key] = ordered(merged[key], value, MERGE_KEYS[key])
      }
    } else if (isDirective(directive) && !DIRECTIVES.has(directive)) {
      throw badRequest(`unknown directive ${directive} in strategic merge patch`)
    }
  }
}

/**
 * Kubernetes' strategic merge for built-in objects: maps are merged, null deletes, known lists are merged by
 * their key, `$patch`, `$retainKeys`, `$setElementOrder` and `$deleteFromPrimitiveList` are obeyed. The target
 * is not changed. Throws 400 for a patch that makes no sense.
 */
export function strategicMerge(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch
  if (patch.$patch === 'replace') return plain(patch)
  if (patch.$patch === 'delete') return {}
  if (!isRecord(target) && !Object.keys(patch).some(isDirective)) return plain(patch)
  const merged: JsonRecord = isRecord(target) ? { ...target } : {}
  const retained = patch.$retainKeys
  if (Array.isArray(retained)) {
    for (const key of Object.keys(merged)) if (!retained.includes(key)) delete merged[key]
  }
  for (const [key, value] of Object.entries(patch)) {
    if (isDirective(key)) continue
    if (value === null) delete merged[key]
    else merged[key] = mergeField(key, Object.hasOwn(merged, key) ? merged[key] : undefined, patch)
  }
  applyListDirectives(merged, patch)
  return merged
}
