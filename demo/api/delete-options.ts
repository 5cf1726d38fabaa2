import type { IncomingMessage } from 'node:http'
import { scanJson } from './body-json-scan.ts'
import { readYaml } from './body-yaml.ts'
import { mediaType, readBody } from './body.ts'
import { invalidValue, notSupported } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, textAt } from './json.ts'
import { isTrue } from './path-attributes.ts'
import type { ObjectVerb } from './resource.ts'
import type { ObjectRoute } from './route.ts'
import type { FieldCause } from './status.ts'
import { badRequest, invalid, unsupportedMediaType } from './status.ts'

export type Propagation = 'Background' | 'Foreground' | 'Orphan'

export interface DeleteOptions {
  /** Seconds; undefined is the kind's default. */
  grace: number | undefined
  propagation: Propagation
  /** '' is any. */
  uid: string
  resourceVersion: string
  dryRun: boolean
  /** As they were sent, for webhooks. */
  sent: JsonRecord
}

const POLICIES: Readonly<Record<Propagation, true>> = { Foreground: true, Background: true, Orphan: true }
const isPolicy = (text: string): text is Propagation => Object.hasOwn(POLICIES, text)
const NO_OBJECT =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'

const nameOf = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)
const jsonName = (value: unknown) => nameOf(value).replace('boolean', 'bool')

const TYPES: Readonly<Record<string, { type: string; holds: (value: unknown) => boolean }>> = {
  gracePeriodSeconds: { type: 'int64', holds: Number.isInteger },
  orphanDependents: { type: 'bool', holds: (value) => typeof value === 'boolean' },
  propagationPolicy: { type: 'v1.DeletionPropagation', holds: (value) => typeof value === 'string' },
  preconditions: { type: 'v1.Preconditions', holds: isRecord },
  dryRun: { type: '[]string', holds: Array.isArray },
}

function checkTypes(sent: JsonRecord): void {
  for (const [field, { type, holds }] of Object.entries(TYPES)) {
    const value = sent[field]
    if (value === undefined || value === null || holds(value)) continue
    throw badRequest(
      `json: cannot unmarshal ${jsonName(value)} into Go struct field DeleteOptions.${field} of type ${type}`,
    )
  }
}

function decoded(body: string): JsonRecord {
  const { error } = scanJson(body)
  if (error) throw badRequest(`couldn't get version/kind; json parse error: ${error}`)
  const sent: unknown = JSON.parse(body)
  if (!isRecord(sent)) {
    const why = `json: cannot unmarshal ${jsonName(sent)} into Go value of type ${NO_OBJECT}`
    throw badRequest(`couldn't get version/kind; json parse error: ${why}`)
  }
  const { kind = 'DeleteOptions', apiVersion = 'v1' } = sent
  if (kind !== 'DeleteOptions') {
    const scheme = 'in scheme "pkg/runtime/scheme.go:111"'
    throw badRequest(`no kind "${String(kind)}" is registered for version "${String(apiVersion)}" ${scheme}`)
  }
  return sent
}

function wholeNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Number(text)
}

/** The options in a query, which count only when there is no body. */
function inQuery(query: URLSearchParams): JsonRecord {
  const grace = query.get('gracePeriodSeconds')
  const policy = query.get('propagationPolicy')
  const orphan = query.get('orphanDependents')
  return {
    ...(grace !== null && { gracePeriodSeconds: wholeNumber(grace) }),
    ...(policy !== null && { propagationPolicy: policy }),
    ...(orphan !== null && { orphanDependents: isTrue(orphan) }),
    ...(query.has('dryRun') && { dryRun: query.getAll('dryRun') }),
  }
}

/** What is wrong with the values of dryRun. */
export function dryRunCauses(values: readonly unknown[]): FieldCause[] {
  return values.every((value) => value === 'All') ? [] : [notSupported('dryRun', values, ['All'])]
}

function causesOf(sent: JsonRecord): FieldCause[] {
  const { orphanDependents = null, dryRun } = sent
  const policy = textAt(sent, 'propagationPolicy')
  const field = 'propagationPolicy'
  const causes: FieldCause[] = []
  if (orphanDependents !== null && policy) {
    causes.push(invalidValue(field, policy, 'orphanDependents and deletionPropagation cannot be both set'))
  }
  if (policy && !isPolicy(policy)) causes.push(notSupported(field, policy, [...Object.keys(POLICIES), 'nil']))
  return [...causes, ...dryRunCauses(Array.isArray(dryRun) ? dryRun : [])]
}

/** What the options of each verb are called. */
const OPTIONS: Readonly<Record<ObjectVerb, string>> = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
  delete: 'DeleteOptions',
  deletecollection: 'DeleteOptions',
  get: 'GetOptions',
  list: 'ListOptions',
  watch: 'ListOptions',
}

/** Refuses the options of a request. Throws 422 when there are causes to. */
export function refuseOptions(verb: ObjectVerb, causes: FieldCause[]): void {
  if (causes.length > 0) throw invalid({ group: 'meta.k8s.io', kind: OPTIONS[verb] }, '', causes)
}

/**
 * Reads the options of a deletion from its body, or from its query when there is no body.
 * Rejects with 400, 413, 415 and 422.
 */
export async function readDeleteOptions(
  request: IncomingMessage,
  route: ObjectRoute,
): Promise<DeleteOptions> {
  const body = await readBody(request)
  const type = mediaType(request)
  const yaml = type === 'application/yaml' ? readYaml(body) : undefined
  if (yaml?.error) throw badRequest(yaml.error)
  if (body !== '' && type !== '' && type !== 'application/json' && !yaml) {
    throw unsupportedMediaType([
      'application/json',
      'application/yaml',
      'application/vnd.kubernetes.protobuf',
    ])
  }
  return deleteOptionsOf(
    body === '' ? inQuery(route.query) : decoded(yaml ? JSON.stringify(yaml.value) : body),
  )
}

/** The options that a client sent. Throws 400 for wrong types and 422 for wrong values. */
export function deleteOptionsOf(sent: JsonRecord): DeleteOptions {
  checkTypes(sent)
  refuseOptions('delete', causesOf(sent))
  const { gracePeriodSeconds: grace, orphanDependents, dryRun } = sent
  const policy = textAt(sent, 'propagationPolicy')
  const fallback = orphanDependents === true ? 'Orphan' : 'Background'
  return {
    grace: typeof grace === 'number' ? grace : undefined,
    propagation: isPolicy(policy) ? policy : fallback,
    uid: textAt(sent, 'preconditions', 'uid'),
    resourceVersion: textAt(sent, 'preconditions', 'resourceVersion'),
    dryRun: Array.isArray(dryRun) && dryRun.length > 0,
    sent,
  }
}
