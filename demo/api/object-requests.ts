import type { IncomingMessage, ServerResponse } from 'node:http'
import { bindPod } from './binding.ts'
import { mediaType, readBody, readSent } from './body.ts'
import type { Cluster } from './cluster.ts'
import { createObject } from './create.ts'
import { readDeleteOptions } from './delete-options.ts'
import { admittedDeletion } from './delete-requests.ts'
import { evictPod } from './eviction.ts'
import { fieldWarnings, readPatched } from './field-validation.ts'
import type { KubeJson } from './json.ts'
import { listObjects, selectedObjects, storedOf } from './list.ts'
import { revisionOf } from './list-options.ts'
import { patchOf } from './patch.ts'
import type { Presentation } from './represent.ts'
import { listText, objectText } from './represent.ts'
import type { Writer } from './request-context.ts'
import type { ObjectVerb } from './resource.ts'
import type { Answer } from './answer.ts'
import { RETURNED_WHEN_DELETED } from './returned-deletions.ts'
import type { ObjectRoute } from './route.ts'
import { deleted, notFound, tooLargeRevision } from './status.ts'
import { requestToken } from './token-request.ts'
import { updateObject } from './update.ts'
import { isUpsert, upsertObject } from './upsert.ts'
import { acceptedBody, formedRoute, storedRoute } from './viewed.ts'
import { watchObjects } from './watch.ts'

/** One request for stored objects, authenticated and authorised. */
export interface ObjectRequest {
  cluster: Cluster
  route: ObjectRoute
  how: Presentation
  writer: Writer
  request: IncomingMessage
  response: ServerResponse
}

type Handler = (request: ObjectRequest) => Answer | undefined | Promise<Answer>

type Posted = (cluster: Cluster, route: ObjectRoute, body: unknown, writer: Writer) => unknown

/** Subresources that are posted to. */
const POSTED: Readonly<Record<string, Posted>> = {
  binding: bindPod,
  eviction: evictPod,
  token: requestToken,
}

function get({ cluster, route, how }: ObjectRequest): Answer {
  const asked = route.query.get('resourceVersion')
  const revision = asked ? revisionOf(asked) : 0
  if (revision > cluster.store.revision()) throw tooLargeRevision(revision, cluster.store.revision())
  const stored = storedOf(cluster, route)
  if (!stored) throw notFound(storedRoute(route).resource, route.name)
  return { code: 200, body: objectText(stored, how) }
}

async function create({ cluster, route, how, writer, request }: ObjectRequest): Promise<Answer> {
  const sub = route.resource.subresources.find(({ name }) => name === route.subresource)
  const sent = await readSent(request, sub?.kind ?? route.resource.kind, route.resource.custom && !sub)
  if (route.subresource) {
    const answered = await POSTED[route.subresource]?.(cluster, route, sent.value, writer)
    return { code: 201, body: JSON.stringify(answered) }
  }
  for (const warning of fieldWarnings(route, sent)) writer.warn?.(warning)
  const stored = await createObject(cluster, storedRoute(route), acceptedBody(route, sent.value), writer)
  return { code: 201, body: objectText(stored, how) }
}

async function update({ cluster, route, how, writer, request }: ObjectRequest): Promise<Answer> {
  const sent = await readSent(request, route.resource.kind, route.resource.custom)
  for (const warning of fieldWarnings(route, sent)) writer.warn?.(warning)
  const target = storedRoute(route)
  if (isUpsert(cluster, target)) {
    const created = await upsertObject(cluster, target, acceptedBody(route, sent.value), writer)
    return { code: 201, body: objectText(created, how) }
  }
  const accepted = (old: KubeJson) => acceptedBody(route, sent.value, old)
  const stored = await updateObject(cluster, target, accepted, writer)
  return { code: 200, body: objectText(stored, how) }
}

async function patch({ cluster, route, how, writer, request }: ObjectRequest): Promise<Answer> {
  const apply = patchOf(route.resource, mediaType(request))
  const body = await readBody(request)
  const change = (old: KubeJson) => {
    const shown = route.resource.view ? route.resource.view.show(old) : old
    const read = readPatched(route, apply(shown, body))
    for (const warning of read.warnings) writer.warn?.(warning)
    return acceptedBody(route, read.object, old)
  }
  const stored = await updateObject(cluster, storedRoute(route), change, writer)
  return { code: 200, body: objectText(stored, how) }
}

async function deleteOne({ cluster, route, how, writer, request }: ObjectRequest): Promise<Answer> {
  const options = await readDeleteOptions(request, route)
  const stored = storedOf(cluster, route)
  if (!stored) throw notFound(route.resource, route.name)
  const deletion = await admittedDeletion(cluster, route, stored, options, writer)
  if (!deletion) throw notFound(route.resource, route.name)
  const { resource, name } = route
  if (!deletion.gone || RETURNED_WHEN_DELETED.has(resource.id)) {
    return { code: 200, body: objectText(deletion.stored, how) }
  }
  return { code: 200, body: JSON.stringify(deleted(resource, name, stored.object.metadata.uid ?? '')) }
}

/** Answers with the objects as they were found. */
async function deleteMany({ cluster, route, how, writer, request }: ObjectRequest): Promise<Answer> {
  const options = await readDeleteOptions(request, route)
  const found = selectedObjects(cluster, route)
  const meta = { resourceVersion: String(cluster.store.revision()) }
  const body = listText(route.resource, found, meta, how)
  for (const one of found) await admittedDeletion(cluster, route, one, options, writer)
  return { code: 200, body }
}

const HANDLERS: Record<ObjectVerb, Handler> = {
  get,
  list: ({ cluster, route, how }) => ({ code: 200, body: listObjects(cluster, route, how) }),
  watch({ cluster, route, how, response }) {
    watchObjects(cluster, route, how, response)
    return undefined
  },
  create,
  update,
  patch,
  delete: deleteOne,
  deletecollection: deleteMany,
}

/** Answers a request, or takes its connection over (watch) and answers undefined. */
export function handleObjects(request: ObjectRequest): Answer | undefined | Promise<Answer> {
  const route = formedRoute(request.route)
  const { resource, verb } = route
  const how = resource.view ? { ...request.how, as: resource } : request.how
  return HANDLERS[verb]({ ...request, route, how })
}
