import { can } from '../../fleet/can/can.ts'
import type { Vm } from '../../fleet/vm.ts'
import type { View } from '../../kube/views.ts'
import { readTarget } from '../../kube/act/read-live.ts'
import { SCREEN_TIME, SCREEN_TROUBLE } from '../../fleet/console/screen.ts'
import type { ScreenMissing, ScreenWidth } from '../../fleet/console/screen.ts'
import { problemsAnswered, readQuery } from '../../kube/api/answer-action.ts'
import { parseInput } from '../../kube/api/parse-input.ts'
import { placeParams, screenQuery } from '../../kube/api/schemas.ts'
import { callerOf, viewFor } from '../../kube/caller-of.ts'
import type { Consoles } from '../consoles.ts'
import { requireConsoleRight } from '../rights.ts'
import type { ScreenView } from './screens.ts'
import { shoot } from './shoot.ts'

/** A picture of a screen is for whoever asked, and for nobody's cache. */
const PRIVATE = { 'cache-control': 'private, no-store' }

/** Why the watch's own row says that there is nobody to dial; null when it does not. */
function whyNot(view: View, vm: Vm): string | null {
  const node = view.nodeNamed(vm.node) ?? null
  const verdict = can.console({ vm, node, set: null, main: null })
  return verdict.ok ? null : verdict.reason
}

async function respond(
  request: Request,
  view: ScreenView,
  name: string,
  width: ScreenWidth,
): Promise<Response> {
  const trouble: Record<string, string> = view.trouble === null ? {} : { [SCREEN_TROUBLE]: view.trouble.kind }
  // Having no picture is an answer like another: it is no fault of the request, nor of the dashboard.
  if (view.picture === null) {
    const document: ScreenMissing = { screen: name, detail: view.trouble?.detail ?? '' }
    return Response.json(document, { headers: { ...PRIVATE, ...trouble } })
  }
  const { rendition, takenAt } = view.picture
  const etag = `"${rendition.hash}-${width}"`
  const headers = { ...PRIVATE, ...trouble, etag, [SCREEN_TIME]: new Date(takenAt).toISOString() }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  const image = await rendition.image(width)
  return new Response(new Uint8Array(image), { headers: { ...headers, 'content-type': 'image/webp' } })
}

/**
 * `GET /api/vms/{namespace}/{name}/screen?uid=&width=`: a small picture of a VM's screen. It asks for the right to its
 * console, dials at most every ten seconds whoever looks, and touches nothing: an old picture is marked as such.
 */
export function answerScreen(consoles: Consoles, request: Request, params: unknown): Promise<Response> {
  const { service, screens, rights } = consoles
  return problemsAnswered(async () => {
    const caller = await callerOf(service, request)
    const { name: who, session, transport } = caller
    const at = parseInput(placeParams, params, 'the path')
    const { uid, width } = parseInput(screenQuery, readQuery(request), 'the query')
    const place = { ...at, uid }
    const view = await viewFor(service, caller)
    const acting = { service, view, transport, dryRun: false }
    await rights.require(JSON.stringify([session, who, at]), () => requireConsoleRight(transport, at))
    const vm = view.vmNamed(at.namespace, at.name)
    // The right is to a name, and pictures are kept by uid: it must be of the one that bears the name.
    if (vm?.uid !== uid) await readTarget(acting, { ...place, resource: 'pods' })
    const reason = vm?.uid === uid ? whyNot(view, vm) : null
    const name = `${at.namespace}/${at.name}`
    if (reason !== null) return respond(request, screens.last(uid, 'asleep', reason), name, width)
    const seen = await screens.look(uid, (shared) => shoot(consoles, acting, place, shared), request.signal)
    return respond(request, seen, name, width)
  })
}
