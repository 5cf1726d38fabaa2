import { COCOON_SET_CRD } from '../../../lib/cocoon/custom-resource-definitions.ts'
import { API_VERSION, KIND_COCOON_SET } from '../../../lib/cocoon/keys.ts'
import { propertyOf } from '../../../lib/cocoon/schema.ts'
import type { Schema } from '../../../lib/cocoon/schema.ts'
import type { Path } from './path.ts'

const TEXTS: Schema = { type: 'object', additionalProperties: { type: 'string' } }

/** Of the metadata, what belongs to people; the rest is the cluster's. */
const METADATA: Schema = {
  type: 'object',
  description: 'What the set is called, and what people note on it.',
  required: ['name', 'namespace'],
  properties: {
    name: { type: 'string', description: 'The name of the set. Its pods and VMs are named after it.' },
    namespace: { type: 'string', description: 'The namespace that the set and its pods live in.' },
    labels: { ...TEXTS, description: 'Labels of the set itself, to select it by. Its VMs do not get them.' },
    annotations: { ...TEXTS, description: 'Notes on the set itself. Its VMs do not get them.' },
  },
}

const SCHEMA = COCOON_SET_CRD.spec.versions[0]?.schema.openAPIV3Schema ?? {}

/** What an editor of a CocoonSet knows: the CRD's own schema, without the status. */
export const EDITOR_SCHEMA: Schema = {
  type: 'object',
  required: ['metadata', 'spec'],
  properties: {
    apiVersion: { type: 'string', enum: [API_VERSION], description: 'The version of the API.' },
    kind: { type: 'string', enum: [KIND_COCOON_SET], description: 'The kind of the object.' },
    metadata: METADATA,
    spec: SCHEMA.properties?.spec ?? {},
  },
}

/** The schema of a field; a place in a list may be `[]` as well as its number. Undefined for what is not known. */
export function schemaAt(path: Path): Schema | undefined {
  let schema: Schema | undefined = EDITOR_SCHEMA
  for (const part of path) {
    if (schema === undefined) return undefined
    schema = typeof part === 'number' || part === '[]' ? schema.items : propertyOf(schema, part)
  }
  return schema
}
