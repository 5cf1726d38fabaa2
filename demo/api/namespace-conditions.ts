import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, listAt, sameJson } from './json.ts'
import type { Stored } from './stored.ts'

interface Found {
  type: string
  status: 'True' | 'False'
  reason: string
  message: string
}

function counted(keys: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => `${key}${count} resource instances`)
}

const GOOD: readonly Found[] = [
  {
    type: 'NamespaceDeletionDiscoveryFailure',
    status: 'False',
    reason: 'ResourcesDiscovered',
    message: 'All resources successfully discovered',
  },
  {
    type: 'NamespaceDeletionGroupVersionParsingFailure',
    status: 'False',
    reason: 'ParsedGroupVersions',
    message: 'All legacy kube types successfully parsed',
  },
  {
    type: 'NamespaceDeletionContentFailure',
    status: 'False',
    reason: 'ContentDeleted',
    message: 'All content successfully deleted, may be waiting on finalization',
  },
]

function contentRemaining(content: readonly Stored[]): Found {
  const type = 'NamespaceContentRemaining'
  if (content.length === 0) {
    return { type, status: 'False', reason: 'ContentRemoved', message: 'All content successfully removed' }
  }
  const kinds = counted(content.map(({ resource }) => `${resource.plural}.${resource.group} has `))
  const message = `Some resources are remaining: ${kinds.join(', ')}`
  return { type, status: 'True', reason: 'SomeResourcesRemain', message }
}

function finalizersRemaining(content: readonly Stored[]): Found {
  const type = 'NamespaceFinalizersRemaining'
  const finalizers = content.flatMap(({ object }) => object.metadata.finalizers ?? [])
  if (finalizers.length === 0) {
    const message = 'All content-preserving finalizers finished'
    return { type, status: 'False', reason: 'ContentHasNoFinalizers', message }
  }
  const held = counted(finalizers.map((one) => `${one} in `)).join(', ')
  const message = `Some content in the namespace has finalizers remaining: ${held}`
  return { type, status: 'True', reason: 'SomeFinalizersRemain', message }
}

function condition(old: JsonRecord | undefined, { status, ...words }: Found, now: string): JsonRecord {
  const lastTransitionTime = old && old.status === status ? old.lastTransitionTime : now
  return { type: words.type, status, lastTransitionTime, reason: words.reason, message: words.message }
}

/** A namespace that is being deleted, telling what it waits for. The same object when it has told so already. */
export function withRemaining(namespace: KubeJson, content: readonly Stored[], now: string): KubeJson {
  const before = listAt(namespace, 'status', 'conditions').filter(isRecord)
  const found = [...GOOD, contentRemaining(content), finalizersRemaining(content)]
  const conditions = found.map((one) =>
    condition(
      before.find((old) => old.type === one.type),
      one,
      now,
    ),
  )
  if (sameJson(conditions, before)) return namespace
  const status = isRecord(namespace.status) ? namespace.status : {}
  return { ...namespace, status: { ...status, conditions } }
}
