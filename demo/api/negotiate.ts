import { notAcceptable, statusError } from './status.ts'

/** How an answer shows objects: whole, only their metadata, as a table, or as aggregated discovery. */
export type Form = 'whole' | 'metadata' | 'table' | 'discovery'

export interface Negotiated {
  form: Form
  /** The content type of the answer. */
  contentType: string
  /** The `v` parameter: meta/v1 or v1beta1 tables, v2 discovery. */
  version: string
  /** The kind that was asked for by name; '' when none was. */
  as: string
}

export const JSON_TYPE = 'application/json'
export const YAML_TYPE = 'application/yaml'
export const SERVED_TYPES = [JSON_TYPE, YAML_TYPE]
/** Watches are not told in YAML. */
export const WATCH_TYPES = ['application/json;stream=watch']

const FORMS: Readonly<Record<string, Form>> = {
  Table: 'table',
  PartialObjectMetadata: 'metadata',
  PartialObjectMetadataList: 'metadata',
  APIGroupDiscoveryList: 'discovery',
}
const VERSIONS: Readonly<Record<Form, readonly string[]>> = {
  whole: [],
  metadata: ['meta.k8s.io/v1', 'meta.k8s.io/v1beta1'],
  table: ['meta.k8s.io/v1', 'meta.k8s.io/v1beta1'],
  discovery: ['apidiscovery.k8s.io/v2'],
}

interface Clause {
  type: string
  subtype: string
  quality: number
  parameters: ReadonlyMap<string, string>
}

function clause(text: string): Clause {
  const [full = '', ...rest] = text.split(';').map((part) => part.trim())
  const [type = '', subtype = ''] = full.toLowerCase().split('/')
  const parameters = new Map(
    rest.map((parameter) => {
      const [key = '', value = ''] = parameter.split('=')
      return [key, value] as const
    }),
  )
  const quality = Number(parameters.get('q') ?? '1')
  return { type, subtype, quality: Number.isNaN(quality) ? 1 : quality, parameters }
}

const vagueness = ({ type, subtype }: Clause) => (type === '*' ? 2 : subtype === '*' ? 1 : 0)

/** The clauses of a header, most wanted first. */
const clauses = (accept: string) =>
  accept
    .split(',')
    .map(clause)
    .sort((a, b) => b.quality - a.quality || vagueness(a) - vagueness(b))

const offers = ({ type, subtype }: Clause, served: string) =>
  type === '*' || served === `${type}/${subtype}` || (subtype === '*' && served.startsWith(`${type}/`))

function agreed({ parameters }: Clause, contentType: string, forms: readonly Form[]): Negotiated | undefined {
  const as = parameters.get('as')
  if ((parameters.get('charset') ?? 'utf-8').toLowerCase() !== 'utf-8') return undefined
  if (as === undefined) return { form: 'whole', contentType, version: '', as: '' }
  const form = FORMS[as]
  const group = parameters.get('g') ?? ''
  const version = parameters.get('v') ?? ''
  if (form === undefined || !forms.includes(form) || !VERSIONS[form].includes(`${group}/${version}`))
    return undefined
  const named = form === 'discovery' ? `${contentType};g=${group};v=${version};as=${as}` : contentType
  return { form, version, contentType: named, as }
}

/**
 * The most wanted clause of an Accept header that this server can answer, given the forms that the request's
 * subject has. Throws 406 NotAcceptable.
 */
export function negotiate(
  accept: string | undefined,
  forms: readonly Form[],
  served: readonly string[] = [JSON_TYPE],
): Negotiated {
  for (const one of clauses(accept || '*/*')) {
    for (const offered of served) {
      const [type = JSON_TYPE] = offered.split(';')
      const found = offers(one, type) ? agreed(one, type, forms) : undefined
      if (found) return found
    }
  }
  throw notAcceptable(served)
}

const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf'
const ROUTED_TYPES = new Set(['*/*', ...SERVED_TYPES, PROTOBUF_TYPE])

/**
 * The first look at an Accept header, which the routes of built-in kinds take: names of types count, and no patterns
 * but the widest. Throws 406 in the words of the original's router.
 */
export function checkAcceptable(accept: string | undefined, watch: boolean): void {
  const named = (accept || '*/*').split(',').map((part) => part.split(';')[0]?.trim() ?? '')
  if (named.some((type) => ROUTED_TYPES.has(type))) return
  const offered = [...SERVED_TYPES, ...(watch ? WATCH_TYPES : [])].join(', ')
  const message = `406: Not Acceptable\n\nAvailable representations: ${offered}`
  throw statusError(406, 'NotAcceptable', message, {})
}

/** Whether errors of a request are told in YAML. */
export const wantsYaml = (accept: string | undefined) =>
  clauses(accept || '*/*').find((one) => SERVED_TYPES.some((type) => offers(one, type)))?.subtype === 'yaml'
