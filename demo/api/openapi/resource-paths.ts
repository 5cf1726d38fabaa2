import type { Resource, Subresource } from '../resource.ts'
import { RETURNED_WHEN_DELETED } from '../returned-deletions.ts'
import type { Method, Operation, PathItem } from './operations.ts'
import { answers, bodyOf, idOf, patchBody, pathItem, refTo, tagOf, verbsOf } from './operations.ts'
import type { Parameter } from './parameters.ts'
import {
  DELETE,
  DELETE_COLLECTION,
  LIST,
  NAMESPACE,
  PRETTY,
  READ,
  WRITE,
  PATCH as PATCH_PARAMETERS,
  nameOf,
} from './parameters.ts'
import { kindSchemaName } from './schema-names.ts'
import { subresourcePaths } from './subresource-paths.ts'

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.'
const STATUS = refTo(`${META}Status`)
const WATCH_TYPE = 'application/json;stream=watch'
export const rootOf = (group: string, version: string) =>
  group ? `/apis/${group}/${version}` : `/api/${version}`

interface Sketch extends Partial<Operation> {
  verb: string
  what: string
  action: string
}

/** All that is said of one resource; every operation begins with these facts. */
export function describeOperation(
  resource: Resource,
  scope: string,
  sketch: Sketch,
  kind = resource.kind,
): Operation {
  const { verb, what, action, ...rest } = sketch
  const { group, version } = resource
  return {
    tags: [tagOf(group, version)],
    description: what,
    operationId: `${verb}${idOf(group, version)}${scope}${kind}`,
    responses: {},
    ...rest,
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind: resource.kind },
  }
}

function collection(
  resource: Resource,
  verbs: ReadonlySet<string>,
  scope: string,
): Partial<Record<Method, Operation>> {
  const { kind, custom } = resource
  const self = refTo(kindSchemaName(resource, kind))
  const watched = custom ? 'list' : 'list or watch'
  return {
    ...(verbs.has('list') && {
      get: describeOperation(resource, scope, {
        verb: 'list',
        what: `${watched} objects of kind ${kind}`,
        action: 'list',
        parameters: [...LIST, PRETTY],
        responses: answers([200], refTo(kindSchemaName(resource, resource.listKind)), [
          'application/json',
          ...(custom ? [] : [WATCH_TYPE]),
        ]),
      }),
    }),
    ...(verbs.has('create') && {
      post: describeOperation(resource, scope, {
        verb: 'create',
        what: `create a ${kind}`,
        action: 'post',
        parameters: [...WRITE, PRETTY],
        requestBody: {
          ...bodyOf(resource, self),
          content: bodyOf(resource, self)?.content ?? {},
          required: true,
        },
        responses: answers([200, 201, 202], self),
      }),
    }),
    ...(verbs.has('deletecollection') && {
      delete: describeOperation(resource, `Collection${scope}`, {
        verb: 'delete',
        what: `delete collection of ${kind}`,
        action: 'deletecollection',
        parameters: [...(custom ? LIST : DELETE_COLLECTION), PRETTY],
        ...(!custom && { requestBody: bodyOf(resource, refTo(`${META}DeleteOptions`)) }),
        responses: answers([200], STATUS),
      }),
    }),
  }
}

function single(
  resource: Resource,
  verbs: ReadonlySet<string>,
  scope: string,
): Partial<Record<Method, Operation>> {
  const { kind, custom } = resource
  const self = refTo(kindSchemaName(resource, kind))
  const gone = RETURNED_WHEN_DELETED.has(resource.id) ? self : STATUS
  const body = bodyOf(resource, self)?.content ?? {}
  return {
    ...(verbs.has('get') && {
      get: describeOperation(resource, scope, {
        verb: 'read',
        what: `read the specified ${kind}`,
        action: 'get',
        parameters: [...(custom ? READ : []), PRETTY],
        responses: answers([200], self),
      }),
    }),
    ...(verbs.has('update') && {
      put: describeOperation(resource, scope, {
        verb: 'replace',
        what: `replace the specified ${kind}`,
        action: 'put',
        parameters: [...WRITE, PRETTY],
        requestBody: { content: body, required: true },
        responses: answers([200, 201], self),
      }),
    }),
    ...(verbs.has('delete') && {
      delete: describeOperation(resource, scope, {
        verb: 'delete',
        what: `delete a ${kind}`,
        action: 'delete',
        parameters: [...DELETE, PRETTY],
        requestBody: bodyOf(resource, refTo(`${META}DeleteOptions`)),
        responses: answers([200, 202], gone),
      }),
    }),
    ...(verbs.has('patch') && {
      patch: describeOperation(resource, scope, {
        verb: 'patch',
        what: `partially update the specified ${kind}`,
        action: 'patch',
        parameters: [...PATCH_PARAMETERS, PRETTY],
        requestBody: patchBody(resource),
        responses: answers(custom ? [200] : [200, 201], self),
      }),
    }),
  }
}

/** Every path of a stored resource. */
export function resourcePaths(resource: Resource): [string, PathItem][] {
  const verbs = new Set(verbsOf(resource))
  const root = rootOf(resource.group, resource.version)
  const scope = resource.namespaced ? 'Namespaced' : ''
  const around: Parameter[] = resource.namespaced ? [NAMESPACE] : []
  const base = resource.namespaced
    ? `${root}/namespaces/{namespace}/${resource.plural}`
    : `${root}/${resource.plural}`
  const found: [string, PathItem][] = [
    [base, pathItem(collection(resource, verbs, scope), around)],
    [`${base}/{name}`, pathItem(single(resource, verbs, scope), [...around, nameOf(resource.kind)])],
    ...resource.subresources.flatMap((part: Subresource) =>
      subresourcePaths(resource, part, base, scope, around),
    ),
  ]
  if (resource.namespaced && verbs.has('list')) {
    const { get } = collection(resource, new Set(['list']), '')
    const everywhere = get && { ...get, operationId: `${get.operationId}ForAllNamespaces` }
    found.push([`${root}/${resource.plural}`, pathItem(everywhere ? { get: everywhere } : {}, [])])
  }
  return found
}
