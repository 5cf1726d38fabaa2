import { describe, expect, it } from 'vitest'
import { COCOON_HIBERNATION_CRD, COCOON_SET_CRD } from './custom-resource-definitions.ts'
import type { Schema } from './schema.ts'

describe.each([
  [COCOON_SET_CRD, 'cocoonsets.cocoonset.cocoonstack.io', ['cs', 'cocoonsets'], 'Phase Ready Desired Age'],
  [
    COCOON_HIBERNATION_CRD,
    'cocoonhibernations.cocoonset.cocoonstack.io',
    ['ch', 'cocoonhibernations'],
    'Pod Desire Phase Age',
  ],
])('%#', (crd, name, shortNames, columns) => {
  const [version] = crd.spec.versions

  it('is named by its plural and group', () => {
    expect(crd.metadata.name).toBe(name)
    expect(crd.spec.names).toMatchObject({ shortNames, categories: ['cocoon'] })
    expect(crd.spec.names.singular).toBe(crd.spec.names.kind.toLowerCase())
  })

  it('has one version, with a status and columns', () => {
    expect(crd.spec.versions).toHaveLength(1)
    expect(version).toMatchObject({ name: 'v1', served: true, storage: true, subresources: { status: {} } })
    expect(version?.additionalPrinterColumns.map((column) => column.name).join(' ')).toBe(columns)
  })

  it('has a structural schema whose columns exist', () => {
    const schema = version?.schema.openAPIV3Schema
    for (const { jsonPath } of version?.additionalPrinterColumns ?? []) {
      const steps = jsonPath.slice(1).split('.')
      if (steps[0] === 'metadata') continue
      const end = steps.reduce<Schema | undefined>((at, step) => at?.properties?.[step], schema)
      expect({ jsonPath, type: end?.type }).toEqual({ jsonPath, type: expect.any(String) })
    }
  })

  it('says what each field is', () => {
    const schema = version?.schema.openAPIV3Schema
    expect(schema?.description).toMatch(/\.$/)
    expect(undescribed(schema, '')).toEqual([])
  })

  it('is plain JSON of known parts', () => {
    expect(JSON.parse(JSON.stringify(crd))).toEqual(crd)
    expect(typeless(version?.schema.openAPIV3Schema, 'root')).toEqual([])
  })
})

const OF_EVERY_OBJECT = new Set(['apiVersion', 'kind', 'metadata'])

/** Fields that nobody has described. */
function undescribed(schema: Schema | undefined, path: string): string[] {
  if (schema === undefined) return []
  const members = Object.entries(schema.properties ?? {}).filter(
    ([name]) => path || !OF_EVERY_OBJECT.has(name),
  )
  const silent = members.filter(([, member]) => !member.description).map(([name]) => `${path}.${name}`)
  const inside = members.flatMap(([name, member]) => undescribed(member, `${path}.${name}`))
  return [...silent, ...inside, ...undescribed(schema.items, `${path}[]`)]
}

/** Schemas that are neither typed nor int-or-string: the API server refuses a definition with such. */
function typeless(schema: Schema | undefined, path: string): string[] {
  if (schema === undefined) return []
  const bare = schema.type === undefined && !schema['x-kubernetes-int-or-string'] ? [path] : []
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    typeless(member, `${path}.${name}`),
  )
  return [
    ...bare,
    ...members,
    ...typeless(schema.items, `${path}[]`),
    ...typeless(schema.additionalProperties, path),
  ]
}
