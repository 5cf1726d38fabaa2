import type { Negotiated } from './negotiate.ts'
import type { Resource } from './resource.ts'
import { apiVersionOf } from './resource.ts'
import type { Stored } from './stored.ts'
import { attemptDecode } from './openapi/decode-object.ts'
import { badRequest, statusError } from './status.ts'
import { bareJson, fullJson } from './stored.ts'
import { shownAs } from './viewed.ts'

/** How one answer prints its objects. */
export interface Presentation {
  form: Negotiated['form']
  version: string
  /** Of tables: how much of the object each row carries. */
  includeObject: 'None' | 'Metadata' | 'Object'
  /** Epoch milliseconds, for ages. */
  now: number
  /** Set for the frames of a watch after its first: the columns are told once. */
  later?: boolean
  /** Set when the objects are asked for in another form than they are stored in. */
  as?: Resource
}

export interface ListMeta {
  resourceVersion: string
  continue?: string
  remainingItemCount?: number
}

type Included = Presentation['includeObject']
const INCLUDED: Readonly<Record<Included, true>> = { None: true, Metadata: true, Object: true }
const isIncluded = (text: string): text is Included => Object.hasOwn(INCLUDED, text)

/** How a request wants its objects. Throws 400 for an unknown includeObject. */
export function presentationOf(negotiated: Negotiated, query: URLSearchParams, now: number): Presentation {
  const { form, version } = negotiated
  const asked = query.get('includeObject') || 'Metadata'
  if (form === 'table' && !isIncluded(asked)) {
    const why = `Invalid value: ${JSON.stringify(asked)}: must be 'Metadata', 'Object', 'None', or empty`
    throw badRequest(`Unable to convert to Table as requested: includeObject: ${why}`)
  }
  return { form, version, includeObject: isIncluded(asked) ? asked : 'Metadata', now }
}

const PACKAGES: Readonly<Record<string, string>> = { '': 'core' }

/** Throws 406 when a list is asked for as one object, or one object as a list. */
export function checkForm(resource: Resource, { as }: Negotiated, list: boolean): void {
  if (as !== 'PartialObjectMetadata' && as !== 'PartialObjectMetadataList') return
  if ((as === 'PartialObjectMetadataList') === list) return
  const own = resource.custom ? 'unstructured' : (PACKAGES[resource.group] ?? resource.group.split('.')[0])
  const kind = resource.custom ? 'Unstructured' : resource.kind
  const what = list ? `a list (*${own}.${kind}List)` : `not a list (*${own}.${kind})`
  throw statusError(406, 'NotAcceptable', `you requested ${as}, but the requested object is ${what}`)
}

const metaVersion = (how: Presentation) => `meta.k8s.io/${how.version || 'v1'}`

function metadataJson(stored: Stored, how: Presentation): string {
  const metadata = JSON.stringify(stored.object.metadata)
  return `{"kind":"PartialObjectMetadata","apiVersion":"${metaVersion(how)}","metadata":${metadata}}`
}

function columnDefinitions(resource: Resource, how: Presentation): string {
  if (how.later) return 'null'
  return JSON.stringify(
    resource.columns.map(({ name, type, format = '', description = '', priority = 0 }) => ({
      name,
      type,
      format,
      description,
      priority,
    })),
  )
}

function row(stored: Stored, how: Presentation): string {
  const cells = JSON.stringify(stored.resource.columns.map((column) => column.cell(stored.object, how.now)))
  if (how.includeObject === 'None') return `{"cells":${cells},"object":null}`
  const object =
    how.includeObject === 'Object' ? fullJson(shownAs(stored, how.as)) : metadataJson(stored, how)
  return `{"cells":${cells},"object":${object}}`
}

function table(resource: Resource, stored: readonly Stored[], meta: ListMeta, how: Presentation): string {
  const head = `{"kind":"Table","apiVersion":"${metaVersion(how)}","metadata":${JSON.stringify(meta)}`
  const rows = stored.map((one) => row(one, how)).join(',')
  return `${head},"columnDefinitions":${columnDefinitions(resource, how)},"rows":[${rows}]}`
}

/** One object as the body of an answer or of a watch event. */
export function objectText(stored: Stored, how: Presentation): string {
  if (how.form === 'metadata') return metadataJson(stored, how)
  if (how.form === 'table') {
    return table(stored.resource, [stored], { resourceVersion: String(stored.revision) }, how)
  }
  return fullJson(shownAs(stored, how.as))
}

/** A list as the body of an answer. Items of built-in lists carry no kind, as in the original. */
export function listText(
  resource: Resource,
  stored: readonly Stored[],
  meta: ListMeta,
  how: Presentation,
): string {
  if (how.form === 'table') return table(resource, stored, meta, how)
  const partial = how.form === 'metadata'
  const kind = partial ? 'PartialObjectMetadataList' : resource.listKind
  const version = partial ? metaVersion(how) : apiVersionOf(resource)
  const whole = resource.custom ? fullJson : (one: Stored) => bareJson(shownAs(one, how.as))
  const item = partial ? (one: Stored) => metadataJson(one, how) : whole
  // Lists of custom resources always say how they go on, and lists of metadata have no empty ones: as in the original.
  const told = resource.custom && !partial ? { continue: '', ...meta } : meta
  const head = `{"kind":"${kind}","apiVersion":"${version}","metadata":${JSON.stringify(told)}`
  return partial && stored.length === 0
    ? `${head},"items":null}`
    : `${head},"items":[${stored.map(item).join(',')}]}`
}

/** The object of a bookmark: nothing but the revision up to which the watcher has seen everything. */
export function bookmarkText(
  resource: Resource,
  revision: number,
  initialEnd: boolean,
  how: Presentation,
): string {
  const metadata = {
    resourceVersion: String(revision),
    ...(initialEnd && { annotations: { 'k8s.io/initial-events-end': 'true' } }),
  }
  const type = { kind: resource.kind, apiVersion: apiVersionOf(resource) }
  const sent = { ...type, metadata }
  // What a kind shows although nobody has said it, such as `spec: {}`.
  const decoded = resource.custom ? undefined : attemptDecode(resource, sent)
  const object = decoded?.ok ? { ...decoded.object, metadata } : sent
  const stored: Stored = { resource, key: '', revision, object, bare: undefined }
  return how.form === 'whole' ? JSON.stringify(object) : objectText(stored, how)
}
