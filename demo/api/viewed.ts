import type { KubeJson } from './json.ts'
import { decodeObject } from './openapi/decode-object.ts'
import type { Resource } from './resource.ts'
import type { ObjectRoute } from './route.ts'
import { SCALE, scaleForm } from './scale.ts'
import type { Stored } from './stored.ts'

/** The route to what is stored, of a route that may name another form of it. */
export function storedRoute(route: ObjectRoute): ObjectRoute {
  const { view } = route.resource
  return view ? { ...route, resource: view.of } : route
}

/** A body as it is stored. Throws 400 when it is not of the kind that the route names. */
export function acceptedBody({ resource }: ObjectRoute, body: unknown, old?: KubeJson): unknown {
  return resource.view ? resource.view.accept(decodeObject(resource, body), old) : body
}

/** The route in the form that it asks for: a scale is not shown as what is scaled. */
export function formedRoute(route: ObjectRoute): ObjectRoute {
  return route.subresource === SCALE.name ? { ...route, resource: scaleForm(route.resource) } : route
}

/** A stored object in the form of a resource. */
export function shownAs(stored: Stored, resource: Resource | undefined): Stored {
  if (!resource?.view) return stored
  return { ...stored, resource, object: resource.view.show(stored.object), bare: undefined }
}
