import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { COCOON_HIBERNATION_CRD, COCOON_SET_CRD } from '../../../lib/cocoon/custom-resource-definitions.ts'
import { isRecord } from '../json.ts'
import { createRegistry } from '../registry.ts'
import type { Document, Subject } from './documents.ts'
import { subjectsOf, versionDocument } from './documents.ts'
import { SCHEMA_PREFIX } from './schema-node.ts'

const registry = createRegistry()
registry.define(COCOON_SET_CRD)
registry.define(COCOON_HIBERNATION_CRD)
const subjects = subjectsOf(registry)
const titleOf = ({ group, version }: Subject) => `${group || 'core'}/${version}`

const RECORDED = new URL('testing/original-operations.json', import.meta.url)
const original = JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<string, string>

function operations(document: Document): [string, string][] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]): [string, string][] =>
      'operationId' in operation ? [[`${method} ${path}`, operation.operationId]] : [],
    ),
  )
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references)
  if (!isRecord(value)) return []
  const own = typeof value.$ref === 'string' ? [value.$ref] : []
  return own.concat(Object.values(value).flatMap(references))
}

describe.each(subjects.map((subject) => [titleOf(subject), subject] as const))('%s', (_, subject) => {
  const document = versionDocument(subject)

  it('has no operation that the original has not, and calls each as the original does', () => {
    const all = operations(document)
    expect(all.length).toBeGreaterThan(0)
    const strange = subject.group.includes('cocoon') ? [] : all.filter(([key, id]) => original[key] !== id)
    expect(strange).toEqual([])
  })

  it('refers only to schemas that it holds, and holds no others', () => {
    const names = Object.keys(document.components.schemas).map((name) => SCHEMA_PREFIX + name)
    expect(new Set(references(document))).toEqual(new Set(names))
  })

  it('tells of each operation once', () => {
    const ids = operations(document).map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('custom resources', () => {
  const subject = subjects.find(({ group }) => group.startsWith('cocoonset'))
  const document = subject && versionDocument(subject)
  const schema = document?.components.schemas['io.cocoonstack.cocoonset.v1.CocoonSet']

  it('have the schema of their CRD, with the metadata of every object', () => {
    const own = COCOON_SET_CRD.spec.versions[0]?.schema.openAPIV3Schema
    expect(schema?.properties?.spec).toEqual(own?.properties?.spec)
    expect(schema?.description).toBe(own?.description)
    expect(references(schema?.properties?.metadata)).toEqual([
      `${SCHEMA_PREFIX}io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta`,
    ])
    expect(schema?.['x-kubernetes-group-version-kind']).toEqual([
      { group: 'cocoonset.cocoonstack.io', version: 'v1', kind: 'CocoonSet' },
    ])
  })

  it('can be patched in two ways, and their fields be validated', () => {
    const path = '/apis/cocoonset.cocoonstack.io/v1/namespaces/{namespace}/cocoonsets/{name}'
    const patch = document?.paths[path]?.patch
    expect(Object.keys(patch?.requestBody?.content ?? {})).toEqual([
      'application/json-patch+json',
      'application/merge-patch+json',
    ])
    expect(patch?.parameters?.map(({ name }) => name)).toEqual([
      'dryRun',
      'fieldManager',
      'fieldValidation',
      'force',
    ])
  })
})
