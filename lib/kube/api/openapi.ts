import { z } from 'zod'
import packageJson from '../../../package.json' with { type: 'json' }
import { COCOON_SET_SCHEMA } from '../../cocoon/schema-set.ts'
import {
  actionAnswerSchema,
  bulkLineSchema,
  consoleAnswerSchema,
  problemSchema,
  viewersAnswerSchema,
} from './answer-schemas.ts'
import type { ActionRoute } from './route.ts'
import {
  auditQuery,
  bulkBody,
  bulkQuery,
  consoleBody,
  signInBody,
  controlBody,
  logQuery,
  noQuery,
  rightsQuery,
  screenQuery,
  setSpec,
  viewersQuery,
} from './schemas.ts'
import { CREATE_SET, DELETE_SET, EDIT_SET, SET_ACTIONS } from './set-routes.ts'
import { DELETE_HIBERNATION, DELETE_VM, VM_ACTIONS } from './vm-routes.ts'

type Json = Record<string, unknown>

/** The specification of a set is judged by the cluster's own schema; this is the one that the dashboard knows. */
const SPEC = COCOON_SET_SCHEMA.properties?.spec ?? {}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    override({ zodSchema, jsonSchema }) {
      if (zodSchema !== setSpec) return
      delete jsonSchema.propertyNames
      delete jsonSchema.additionalProperties
      Object.assign(jsonSchema, SPEC)
    },
  })
  return json
}

const content = (type: string, schema: Json) => ({ content: { [type]: { schema } } })
const named = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const PROBLEM = {
  description: 'Not done, and why (RFC 9457); `code` is stable.',
  ...content('application/problem+json', named('Problem')),
}

/** The parameters that stand in the path, and those of the query's schema. */
function parametersOf(path: string, query: z.ZodType): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Json
    required?: string[]
  }
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
  return [...inPath, ...inQuery]
}

const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'The same key with the same request has one effect, and the same answer for a quarter of an hour.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
}

interface Described {
  method: string
  path: string
  summary: string
  query: z.ZodType
  body: z.ZodType | null
}

function operationOf({ path, summary, query, body }: Described, answer: Json, acts: boolean): Json {
  const parameters = [...parametersOf(path, query), ...(acts ? [KEY] : [])]
  return {
    summary,
    parameters,
    ...(body === null
      ? {}
      : { requestBody: { required: true, ...content('application/json', schemaOf(body, 'input')) } }),
    responses: { '2XX': answer, '4XX': PROBLEM, '5XX': PROBLEM },
  }
}

const ACTIONS: readonly ActionRoute[] = [
  ...Object.values(VM_ACTIONS),
  DELETE_VM,
  ...Object.values(SET_ACTIONS),
  CREATE_SET,
  EDIT_SET,
  DELETE_SET,
  DELETE_HIBERNATION,
]

const read = (path: string, summary: string, type = 'application/json', query: z.ZodType = noQuery) => ({
  described: { method: 'GET', path, summary, query, body: null },
  answer: { description: summary, ...content(type, {}) },
})

const READS = [
  read('/api/session', 'Who one is, and how one can sign in.'),
  read(
    '/api/session/oidc',
    'Sends a browser to the OpenID provider to sign in (AUTH_MODE=oidc).',
    'text/html',
  ),
  read('/api/session/oidc/callback', 'Where the OpenID provider sends a browser back to.', 'text/html'),
  read('/api/fleet', 'The whole fleet as rows.'),
  read('/api/fleet/stream', 'The fleet and what changes in it, as server-sent events.', 'text/event-stream'),
  read('/api/vms/{namespace}/{name}', "One VM with its pod's conditions, annotations and events."),
  read('/api/vms/{namespace}/{name}/logs', "The end of a VM's log.", 'application/json', logQuery),
  read(
    '/api/vms/{namespace}/{name}/viewers',
    "Who has a VM's screen open through this dashboard.",
    'application/json',
    viewersQuery,
  ),
  read('/api/vms/{namespace}/{name}/screen', "A small picture of a VM's screen.", 'image/webp', screenQuery),
  read('/api/sets/{namespace}/{name}', 'One CocoonSet: the document that PUT takes back, and its status.'),
  read(
    '/api/rights',
    'What whoever asks may do in a namespace, by right: true, false, or the names that it is held for.',
    'application/json',
    rightsQuery,
  ),
  read(
    '/api/audit',
    'Who did what through the dashboard, as far as the cluster remembers and shows whoever asks.',
    'application/json',
    auditQuery,
  ),
  read('/api/openapi.json', 'This document.'),
]

const BULK: Described = {
  method: 'POST',
  path: '/api/bulk',
  summary: 'One action on many targets, answered line by line as it happens.',
  query: bulkQuery,
  body: bulkBody,
}

const STOP_BULK: Described = {
  method: 'DELETE',
  path: '/api/bulk',
  summary:
    'Stop what has not begun of the bulk request with this Idempotency-Key, whose answer goes on to its end.',
  query: noQuery,
  body: null,
}

const CONSOLE: Described = {
  method: 'POST',
  path: '/api/vms/{namespace}/{name}/console',
  summary:
    'A ticket for the screen of a VM or a shell in it, for one WebSocket at the path that is answered.',
  query: noQuery,
  body: consoleBody,
}

const CONTROL: Described = {
  method: 'POST',
  path: '/api/vms/{namespace}/{name}/viewers',
  summary: 'Take the control of a screen that one has open, or give it back.',
  query: noQuery,
  body: controlBody,
}

const SIGN_IN: Described = {
  method: 'POST',
  path: '/api/session',
  summary:
    "Sign in with a bearer token of the cluster, or as one of the demo's users; answered with a cookie.",
  query: noQuery,
  body: signInBody,
}

const SIGN_OUT: Described = {
  method: 'DELETE',
  path: '/api/session',
  summary: 'Sign out, and end what is open by this session.',
  query: noQuery,
  body: null,
}

/** The API of the dashboard as an OpenAPI 3.1 document, made of the schemas that its routes read by. */
export function openApiDocument(): Json {
  const done = { description: 'Done, or tried.', ...content('application/json', named('ActionAnswer')) }
  const lines = {
    description: 'A line for each step.',
    ...content('application/x-ndjson', named('BulkLine')),
  }
  const ticket = { description: 'Come in.', ...content('application/json', named('ConsoleAnswer')) }
  const viewers = { description: 'The viewers.', ...content('application/json', named('ViewersAnswer')) }
  const operations = [
    ...READS.map(({ described, answer }) => [described, operationOf(described, answer, false)] as const),
    ...ACTIONS.map((route) => [route, operationOf(route, done, true)] as const),
    [BULK, operationOf(BULK, lines, true)] as const,
    [STOP_BULK, operationOf(STOP_BULK, { description: 'Told to stop.' }, true)] as const,
    [CONSOLE, operationOf(CONSOLE, ticket, false)] as const,
    [
      SIGN_IN,
      operationOf(SIGN_IN, { description: 'Who one is now.', ...content('application/json', {}) }, false),
    ] as const,
    [SIGN_OUT, operationOf(SIGN_OUT, { description: 'Signed out.' }, false)] as const,
    [CONTROL, operationOf(CONTROL, viewers, false)] as const,
  ]
  const paths: Record<string, Json> = {}
  for (const [{ path, method }, operation] of operations) {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation }
  }
  const schemas = {
    ActionAnswer: schemaOf(actionAnswerSchema, 'output'),
    BulkLine: schemaOf(bulkLineSchema, 'output'),
    ConsoleAnswer: schemaOf(consoleAnswerSchema, 'output'),
    ViewersAnswer: schemaOf(viewersAnswerSchema, 'output'),
    Problem: schemaOf(problemSchema, 'output'),
  }
  const info = { title: 'Cocoon Dashboard', version: packageJson.version }
  return { openapi: '3.1.0', info, paths, components: { schemas } }
}
