import type { z } from 'zod'
import type { Deed, Target } from '../act/deed.ts'

/** What a path names. */
export interface Place {
  namespace: string
  name: string
}

interface RouteWords {
  method: 'POST' | 'PUT' | 'DELETE'
  /** As in OpenAPI, with `{namespace}` and `{name}`. */
  path: string
  /** One sentence. */
  summary: string
}

/** A route that does one deed: how to read its request, and which deed that is. */
export interface ActionRoute extends RouteWords {
  query: z.ZodType
  body: z.ZodType | null
  deed(place: Place, query: unknown, body: unknown): Deed
}

interface TypedRoute<Query extends z.ZodType, Body extends z.ZodType | null, Look> extends RouteWords {
  query: Query
  body: Body
  deed(place: Place, query: z.output<Query>, body: Body extends z.ZodType ? z.output<Body> : null): Deed<Look>
}

/** Ties the types of a route's schemas to its deed, whose reader has already read by them. */
export const actionRoute = <Query extends z.ZodType, Body extends z.ZodType | null, Look>(
  route: TypedRoute<Query, Body, Look>,
): ActionRoute => route

/** What a route about a VM acts on: its pod. */
export const vmTarget = ({ namespace, name }: Place, uid: string): Target => ({
  resource: 'pods',
  namespace,
  name,
  uid,
})

/** What a route about a set acts on. */
export const setTarget = ({ namespace, name }: Place, uid: string): Target => ({
  resource: 'cocoonsets',
  namespace,
  name,
  uid,
})
