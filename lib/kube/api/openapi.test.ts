import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openApiDocument } from './openapi.ts'
import { SET_ACTIONS } from './set-routes.ts'
import { VM_ACTIONS } from './vm-routes.ts'

const APP = join(import.meta.dirname, '../../../app/api')
const ACTIONS: Record<string, string[]> = { vms: Object.keys(VM_ACTIONS), sets: Object.keys(SET_ACTIONS) }

/** What the files of the routes answer, as `POST /api/sets`. */
function served(): string[] {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('route.ts'),
  )
  return files.flatMap((file) => {
    const path = `/api/${file.replace('/route.ts', '')}`.replaceAll(/\[(\w+)\]/g, '{$1}')
    const text = readFileSync(join(APP, file), 'utf8')
    const methods = [...text.matchAll(/^export (?:async )?function ([A-Z]+)/gm)].map(([, method]) => method)
    const names = path.includes('{action}') ? (ACTIONS[path.split('/')[2] ?? ''] ?? []) : ['']
    return methods.flatMap((method) => names.map((name) => `${method} ${path.replace('{action}', name)}`))
  })
}

type Operation = { requestBody?: object; responses: Record<string, object>; parameters: { name: string }[] }
const { paths, components } = openApiDocument() as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}
const described = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
)

describe('the OpenAPI document', () => {
  it('describes the routes that there are, and no others', () => {
    // The stream is served in front of Next.
    const streamed = 'GET /api/fleet/stream'
    expect(described.toSorted()).toEqual([...served(), streamed].toSorted())
  })

  it('says what a fork takes, by the schema that reads it', () => {
    expect(paths['/api/sets/{namespace}/{name}/fork']?.post).toMatchObject({
      parameters: [
        { name: 'namespace', in: 'path' },
        { name: 'name', in: 'path' },
        { name: 'dryRun', in: 'query', required: false },
        { name: 'Idempotency-Key', in: 'header' },
      ],
      requestBody: {
        content: {
          'application/json': {
            schema: {
              required: ['uid', 'count'],
              additionalProperties: false,
              properties: { count: { type: 'integer', minimum: 1, maximum: 256 } },
            },
          },
        },
      },
    })
  })

  it("has the cluster's own schema for the specification of a set", () => {
    expect(paths['/api/sets']?.post).toMatchObject({
      requestBody: {
        content: {
          'application/json': {
            schema: { properties: { spec: { properties: { agent: { required: ['image'] } } } } },
          },
        },
      },
    })
  })

  it('refers only to what it has', () => {
    const text = JSON.stringify(paths)
    const references = new Set(
      [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name),
    )
    expect([...references].toSorted()).toEqual(Object.keys(components.schemas).toSorted())
    expect(components.schemas.Problem).toMatchObject({ required: ['status', 'code', 'title', 'detail'] })
  })
})
