import { notAcceptable } from './status.ts'

/** How an answer shows objects: whole, only their metadata, as a table, or as aggregated discovery. */
export type Form = 'whole' | 'metadata' | 'table' | 'discovery'

export interface Negotiated {
  form: Form
  /** The content type of the answer. */
  contentType: string
  /** The `v` parameter: meta/v1 or v1beta1 tables, v2 or v2beta1 discovery. */
  version: string
}

export const SERVED_TYPES = ['application/json']
const ANY_TYPES = new Set(['application/json', 'application/*', '*/*'])
const FORMS: Readonly<Record<string, Form>> = {
  Table: 'table',
  PartialObjectMetadata: 'metadata',
  PartialObjectMetadataList: 'metadata',
  APIGroupDiscoveryList: 'discovery',
}
const FORM_GROUPS: Readonly<Record<Form, string>> = {
  whole: '',
  metadata: 'meta.k8s.io',
  table: 'meta.k8s.io',
  discovery: 'apidiscovery.k8s.io',
}

function clause(text: string): Negotiated | undefined {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim())
  if (!ANY_TYPES.has(type.toLowerCase())) return undefined
  const parameters = new Map(
    rest.map((parameter) => {
      const [key = '', value = ''] = parameter.split('=')
      return [key, value] as const
    }),
  )
  const as = parameters.get('as')
  if (as === undefined) return { form: 'whole', contentType: 'application/json', version: '' }
  const form = FORMS[as]
  const group = parameters.get('g') ?? ''
  if (form === undefined || group !== FORM_GROUPS[form]) return undefined
  const version = parameters.get('v') ?? ''
  return {
    form,
    version,
    contentType:
      form === 'discovery' ? `application/json;g=${group};v=${version};as=${as}` : 'application/json',
  }
}

/**
 * The first clause of an Accept header that this server can answer, given the forms that the request's
 * subject has. Throws 406 NotAcceptable.
 */
export function negotiate(accept: string | undefined, forms: readonly Form[]): Negotiated {
  for (const text of (accept || '*/*').split(',')) {
    const found = clause(text)
    if (found && (found.form === 'whole' || forms.includes(found.form))) return found
  }
  throw notAcceptable(SERVED_TYPES)
}
