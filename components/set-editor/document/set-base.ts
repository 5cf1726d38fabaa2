import { stringify } from 'yaml'
import { ANNOTATION_DELETE_VM_NAMES, ANNOTATION_REBUILD_HISTORY } from '../../../lib/cocoon/component-keys.ts'
import type { CocoonSet } from '../../../lib/cocoon/crd.ts'
import { ANNOTATION_HIBERNATED_ON_NODE, API_VERSION, KIND_COCOON_SET } from '../../../lib/cocoon/keys.ts'
import { isJsonObject } from '../../../lib/cocoon/schema.ts'
import { sameJson } from './three-way.ts'

/** A set as `GET /api/sets/{namespace}/{name}` answers it, without its status. */
export interface SetBase {
  apiVersion?: string
  kind?: string
  metadata: {
    namespace: string
    name: string
    uid: string
    resourceVersion: string
    generation?: number
    labels?: Record<string, string>
    annotations?: Record<string, string>
  }
  spec: Record<string, unknown>
}

type Texts = Record<string, string>

/** Notes that the operator and kubectl leave on a set: nobody edits them, and they go back as they are. */
const TOOLS_OWN: ReadonlySet<string> = new Set([
  ANNOTATION_HIBERNATED_ON_NODE,
  ANNOTATION_REBUILD_HISTORY,
  ANNOTATION_DELETE_VM_NAMES,
  'kubectl.kubernetes.io/last-applied-configuration',
])

const pick = (texts: Texts | undefined, wanted: (name: string) => boolean): Texts =>
  Object.fromEntries(Object.entries(texts ?? {}).filter(([name]) => wanted(name)))

const filled = <Name extends string>(name: Name, texts: Texts) =>
  (Object.keys(texts).length === 0 ? {} : { [name]: texts }) as Partial<Record<Name, Texts>>

interface Editable {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace: string; labels?: Texts; annotations?: Texts }
  spec: Record<string, unknown>
}

/** What of a set people edit, as plain JSON. */
export function editable({ metadata, spec }: SetBase): Editable {
  const { name, namespace, labels, annotations } = metadata
  return {
    apiVersion: API_VERSION,
    kind: KIND_COCOON_SET,
    metadata: {
      name,
      namespace,
      ...filled('labels', labels ?? {}),
      ...filled(
        'annotations',
        pick(annotations, (key) => !TOOLS_OWN.has(key)),
      ),
    },
    spec,
  }
}

const printed = (value: unknown) => stringify(value, { lineWidth: 0, flowCollectionPadding: false })

/** The text in which a set is edited. */
export const textOfSet = (base: SetBase): string => printed(editable(base))

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * The text of a set that is still to be written; the names of the fields that it needs are there. The namespace may
 * come from a link: what is none does not get into the text.
 */
export function textOfNew(wished: string): string {
  const namespace = NAMESPACE.test(wished) ? wished : 'default'
  const head = `apiVersion: ${API_VERSION}\nkind: ${KIND_COCOON_SET}\nmetadata:\n  name:\n`
  return `${head}  namespace: ${namespace}\nspec:\n  agent:\n    image:\n`
}

/** Longest that a set's name may be: it becomes a label of its pods. */
const LONGEST_NAME = 63

/**
 * The text of a copy of a set, under another name. What belongs to the original stays behind: what tools noted on
 * it, and that it is suspended.
 */
export function textOfClone(base: SetBase, namespace: string): string {
  const { metadata, spec } = editable(base)
  const { suspend: _, ...rest } = spec
  const name = `${metadata.name.slice(0, LONGEST_NAME - '-copy'.length)}-copy`
  return printed({ ...editable(base), metadata: { ...metadata, name, namespace }, spec: rest })
}

const textsOf = (value: unknown): Texts => (isJsonObject(value) ? (value as Texts) : {})

/** The body of `POST /api/sets`. */
export function createBody(value: CocoonSet) {
  const { name, namespace, labels, annotations } = value.metadata ?? {}
  const metadata = { name, namespace, ...(labels && { labels }), ...(annotations && { annotations }) }
  return { apiVersion: API_VERSION, kind: KIND_COCOON_SET, metadata, spec: value.spec }
}

/**
 * The body of `PUT /api/sets/{namespace}/{name}`. Labels and annotations that nobody touched are left out, so that
 * what a controller notes there meanwhile is no conflict, and is kept.
 */
export function editBody(value: CocoonSet, base: SetBase) {
  const { namespace, name, uid, resourceVersion, generation } = base.metadata
  const was = editable(base).metadata
  const labels = textsOf(value.metadata?.labels)
  const annotations = textsOf(value.metadata?.annotations)
  const own = pick(base.metadata.annotations, (key) => TOOLS_OWN.has(key))
  return {
    apiVersion: API_VERSION,
    kind: KIND_COCOON_SET,
    metadata: {
      namespace,
      name,
      uid,
      resourceVersion,
      ...(generation === undefined ? {} : { generation }),
      ...(sameJson(labels, was.labels ?? {}) ? {} : { labels }),
      ...(sameJson(annotations, was.annotations ?? {}) ? {} : { annotations: { ...annotations, ...own } }),
    },
    spec: value.spec,
  }
}
