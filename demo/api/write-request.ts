import type { DeleteRequest, WriteRequest } from './admission.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import type { Writer } from './request-context.ts'
import type { ObjectRoute } from './route.ts'

type Own = Pick<WriteRequest, 'operation' | 'name' | 'object' | 'old'>

const OPTIONS: Readonly<Record<WriteRequest['operation'], string>> = {
  CREATE: 'CreateOptions',
  UPDATE: 'UpdateOptions',
}
const META = 'meta.k8s.io/v1'

function base(route: ObjectRoute, writer: Writer) {
  return {
    resource: route.resource,
    subresource: route.subresource,
    // The original counts a namespace as inside of itself.
    namespace: route.resource.id === 'namespaces' ? route.name : route.namespace,
    user: writer.user,
    dryRun: writer.dryRun,
    warn: writer.warn ?? (() => undefined),
  }
}

function optionsOf(kind: string, route: ObjectRoute, dryRun: boolean): JsonRecord {
  const fieldManager = route.query.get('fieldManager')
  const fieldValidation = route.query.get('fieldValidation')
  return {
    kind,
    apiVersion: META,
    ...(dryRun && { dryRun: ['All'] }),
    ...(fieldManager && { fieldManager }),
    ...(fieldValidation && { fieldValidation }),
  }
}

/** A creation or an update as admission sees it. */
export function writeRequest(route: ObjectRoute, writer: Writer, own: Own): WriteRequest {
  const options = optionsOf(OPTIONS[own.operation], route, writer.dryRun)
  const request = { ...base(route, writer), options, ...own }
  return route.resource.id === 'namespaces' ? { ...request, namespace: own.name } : request
}

/** A deletion as admission sees it; `options` are its DeleteOptions. */
export function deleteRequest(
  route: ObjectRoute,
  writer: Writer,
  own: { name: string; options: JsonRecord; old: KubeJson },
): DeleteRequest {
  const options = { kind: 'DeleteOptions', apiVersion: META, ...own.options }
  return { ...base(route, writer), ...own, operation: 'DELETE', options, object: undefined }
}
