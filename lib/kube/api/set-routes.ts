import { Refused } from '../problem.ts'
import { createSetDeed, editSetDeed } from '../act/document-deeds.ts'
import { deleteSetDeed, forkSetDeed, migrateDeed, scaleDeed, suspendDeed } from '../act/set-deeds.ts'
import { actionRoute, setTarget } from './route.ts'
import type { ActionRoute, Place } from './route.ts'
import {
  actionQuery,
  createSetBody,
  deletionQuery,
  editSetBody,
  forkSetBody,
  migrateBody,
  scaleBody,
  targetBody,
} from './schemas.ts'

const SET = '/api/sets/{namespace}/{name}'

/** What a CocoonSet can be asked for, by the last part of the path. */
export const SET_ACTIONS = {
  suspend: actionRoute({
    method: 'POST',
    path: `${SET}/suspend`,
    summary: 'Hibernate all VMs of a set.',
    query: actionQuery,
    body: targetBody,
    deed: (place, _, { uid }) => suspendDeed('suspend', setTarget(place, uid)),
  }),
  resume: actionRoute({
    method: 'POST',
    path: `${SET}/resume`,
    summary: 'Wake all VMs of a suspended set.',
    query: actionQuery,
    body: targetBody,
    deed: (place, _, { uid }) => suspendDeed('resume', setTarget(place, uid)),
  }),
  fork: actionRoute({
    method: 'POST',
    path: `${SET}/fork`,
    summary: 'More sub-agents than there are.',
    query: actionQuery,
    body: forkSetBody,
    deed: (place, _, { uid, count }) => forkSetDeed(setTarget(place, uid), count),
  }),
  scale: actionRoute({
    method: 'POST',
    path: `${SET}/scale`,
    summary: 'So many sub-agents; fewer remove the highest slots.',
    query: actionQuery,
    body: scaleBody,
    deed: (place, _, { uid, replicas, seen }) => scaleDeed(setTarget(place, uid), replicas, seen),
  }),
  migrate: actionRoute({
    method: 'POST',
    path: `${SET}/migrate`,
    summary: 'Move the main agent to another node, by hibernating it.',
    query: actionQuery,
    body: migrateBody,
    deed: (place, _, { uid, node, seen }) => migrateDeed(setTarget(place, uid), node, seen),
  }),
} satisfies Record<string, ActionRoute>

export const CREATE_SET = actionRoute({
  method: 'POST',
  path: '/api/sets',
  summary: 'Create a CocoonSet from its document.',
  query: actionQuery,
  body: createSetBody,
  deed: (_place, _query, { metadata, spec }) => createSetDeed({ ...metadata, spec }),
})

function requireSamePlace(place: Place, metadata: Place): void {
  const field = (['namespace', 'name'] as const).find((each) => place[each] !== metadata[each])
  if (field === undefined) return
  throw new Refused({
    status: 422,
    code: 'invalid',
    title: 'The document is of another set',
    detail: `metadata.${field} is ${metadata[field]}, and the path says ${place[field]}.`,
    field: `metadata.${field}`,
  })
}

export const EDIT_SET = actionRoute({
  method: 'PUT',
  path: SET,
  summary: 'Replace a CocoonSet by an edited document, if it still is what the editor saw.',
  query: actionQuery,
  body: editSetBody,
  deed(place, _, { metadata, spec }) {
    requireSamePlace(place, metadata)
    const { uid, resourceVersion, generation, ...named } = metadata
    return editSetDeed(setTarget(place, uid), { ...named, spec }, { resourceVersion, generation })
  },
})

export const DELETE_SET = actionRoute({
  method: 'DELETE',
  path: SET,
  summary: 'Delete a CocoonSet and all its VMs.',
  query: deletionQuery,
  body: null,
  deed: (place, { uid }) => deleteSetDeed(setTarget(place, uid)),
})
