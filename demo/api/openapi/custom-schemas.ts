import { isRecord } from '../json.ts'
import type { Resource } from '../resource.ts'
import { describedOfAll } from './descriptions.ts'
import { refTo } from './operations.ts'
import type { SchemaNode } from './schema-node.ts'
import { kindSchemaName } from './schema-names.ts'

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.'
const metadata = (name: string): SchemaNode => ({
  description: describedOfAll('metadata'),
  allOf: [refTo(META + name)],
})

const typeFields = {
  apiVersion: { description: describedOfAll('apiVersion'), type: 'string' },
  kind: { description: describedOfAll('kind'), type: 'string' },
}

/** The schemas of a custom resource and of its list: what its CRD says, with the metadata of every object. */
export function customSchemas(resource: Resource): Record<string, SchemaNode> {
  const { group, version, kind, listKind, plural } = resource
  const own: SchemaNode = isRecord(resource.schema) ? resource.schema : { type: 'object' }
  const name = kindSchemaName(resource, kind)
  const about = (of: string) => ({ 'x-kubernetes-group-version-kind': [{ group, version, kind: of }] })
  return {
    [name]: {
      ...own,
      properties: { ...own.properties, ...typeFields, metadata: metadata('ObjectMeta') },
      ...about(kind),
    },
    [kindSchemaName(resource, listKind)]: {
      description: `${listKind} is a list of ${kind}`,
      type: 'object',
      required: ['items'],
      properties: {
        ...typeFields,
        items: { description: `List of ${plural}.`, type: 'array', items: refTo(name) },
        metadata: metadata('ListMeta'),
      },
      ...about(listKind),
    },
  }
}
