import type { Resource, Subresource } from '../resource.ts'
import type { Method, Operation, PathItem } from './operations.ts'
import { answers, bodyOf, capital, idOf, patchBody, pathItem, refTo, tagOf } from './operations.ts'
import type { Parameter } from './parameters.ts'
import { OF_SUBRESOURCE, PATCH, PATH, PRETTY, READ, WRITE, nameOf } from './parameters.ts'
import { kindSchemaName } from './schema-names.ts'

/** Options that stand for a connection; the answer is the connection itself. */
const CONNECTED: Readonly<Record<string, string>> = {
  attach: 'PodAttachOptions',
  exec: 'PodExecOptions',
  portforward: 'PodPortForwardOptions',
  proxy: 'PodProxyOptions',
}
const METHODS: Readonly<Record<string, Method>> = {
  get: 'get',
  create: 'post',
  update: 'put',
  patch: 'patch',
  delete: 'delete',
}
const VERBS: Readonly<Record<string, string>> = {
  get: 'read',
  create: 'create',
  update: 'replace',
  patch: 'patch',
}
const ACTIONS: Readonly<Record<string, string>> = {
  get: 'get',
  create: 'post',
  update: 'put',
  patch: 'patch',
}
const CODES: Readonly<Record<string, readonly number[]>> = {
  get: [200],
  create: [200, 201, 202],
  update: [200, 201],
  patch: [200, 201],
}
const TEXT = { type: 'string' }

const PHRASES: Readonly<Record<string, string>> = {
  get: 'read %s of the specified %k',
  create: 'create %s of a %k',
  update: 'replace %s of the specified %k',
  patch: 'partially update %s of the specified %k',
}

function connections(
  resource: Resource,
  part: Subresource,
  scope: string,
  kind: string,
): Partial<Record<Method, Operation>> {
  const { group, version } = resource
  const operations = part.verbs.flatMap((verb): [Method, Operation][] => {
    const method = METHODS[verb]
    if (!method) return []
    const operation: Operation = {
      tags: [tagOf(group, version)],
      description: `connect ${method.toUpperCase()} requests to ${part.name} of ${resource.kind}`,
      operationId: `connect${idOf(group, version)}${capital(method)}${scope}${resource.kind}${capital(part.name)}`,
      responses: answers([200], TEXT, ['*/*']),
      'x-kubernetes-action': 'connect',
      'x-kubernetes-group-version-kind': { group: '', version: 'v1', kind },
    }
    return [[method, operation]]
  })
  return Object.fromEntries(operations)
}

function objects(resource: Resource, part: Subresource, scope: string): Partial<Record<Method, Operation>> {
  const { group, version, custom } = resource
  const about = { group: part.group ?? group, version: part.version ?? version, kind: part.kind }
  const isLog = part.name === 'log'
  const schema = isLog ? TEXT : refTo(kindSchemaName({ ...about, custom }, part.kind))
  const operations = part.verbs.flatMap((verb): [Method, Operation][] => {
    const method = METHODS[verb]
    if (!method || !VERBS[verb]) return []
    const reads = custom && part.name === 'status' ? READ : []
    const parameters =
      verb === 'get'
        ? [...reads, ...(isLog ? [] : [PRETTY])]
        : [...(verb === 'patch' ? PATCH : WRITE), PRETTY]
    const codes = custom && verb === 'patch' ? [200] : (CODES[verb] ?? [200])
    const what = (PHRASES[verb] ?? '').replace('%s', part.name).replace('%k', resource.kind)
    const operation: Operation = {
      tags: [tagOf(group, version)],
      description: isLog ? 'read log of the specified Pod' : what,
      operationId: `${VERBS[verb]}${idOf(group, version)}${scope}${resource.kind}${capital(part.name)}`,
      parameters,
      ...(verb === 'patch' && { requestBody: patchBody(resource) }),
      ...((verb === 'update' || verb === 'create') && {
        requestBody: { content: bodyOf(resource, schema)?.content ?? {}, required: true },
      }),
      responses: answers(codes, schema, isLog ? ['text/plain'] : undefined),
      'x-kubernetes-action': ACTIONS[verb],
      'x-kubernetes-group-version-kind': about,
    }
    return [[method, operation]]
  })
  return Object.fromEntries(operations)
}

/** The path of a subresource; of a proxy, the one with a path behind it, too. */
export function subresourcePaths(
  resource: Resource,
  part: Subresource,
  base: string,
  scope: string,
  around: readonly Parameter[],
): [string, PathItem][] {
  const path = `${base}/{name}/${part.name}`
  const own = OF_SUBRESOURCE[part.name] ?? []
  const options = resource.kind === 'Pod' ? CONNECTED[part.name] : undefined
  const connected = options ?? (part.name === 'proxy' ? `${resource.kind}ProxyOptions` : undefined)
  if (!connected) {
    return [[path, pathItem(objects(resource, part, scope), [...own, ...around, nameOf(part.kind)])]]
  }
  const operations = connections(resource, part, scope, connected)
  const found: [string, PathItem][] = [[path, pathItem(operations, [...own, ...around, nameOf(connected)])]]
  if (part.name !== 'proxy') return found
  const beyond = Object.entries(operations).map(([method, operation]) => [
    method,
    { ...operation, operationId: `${operation.operationId}WithPath` },
  ])
  const item = pathItem(Object.fromEntries(beyond), [...own, ...around, nameOf(connected), PATH])
  return [...found, [`${path}/{path}`, item]]
}
