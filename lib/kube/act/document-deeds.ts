import { isDeepStrictEqual } from 'node:util'
import type { CocoonSet } from '../../cocoon/crd.ts'
import type { SetSubject } from '../../fleet/can/subjects.ts'
import type { Verdict } from '../../fleet/can/verdict.ts'
import { judgeEdit } from '../../fleet/drift/judge-edit.ts'
import type { SetDocument } from '../../fleet/writes/set-writes.ts'
import { createSetWrite, replaceSetWrite } from '../../fleet/writes/set-writes.ts'
import type { Deed, KubeJson, Target } from './deed.ts'
import { lookAtSet } from './look-at-set.ts'
import type { LiveSet, NodesWanted } from './look-at-set.ts'
import { generationOf, metadataOf, versionOf } from './object-metadata.ts'

/** Whatever is wrong with a new set, the cluster itself says. */
export const createSetDeed = (document: SetDocument): Deed<null> => {
  const { namespace, name } = document
  return {
    action: 'create-set',
    target: { resource: 'cocoonsets', namespace, name, uid: '' },
    failure: `CocoonSet ${namespace}/${name} was not created`,
    witnesses: () => [],
    look: () => Promise.resolve(null),
    judge: () => ({ ok: true, warnings: [], notes: [] }),
    basis: () => null,
    plan: () => createSetWrite(document),
  }
}

/** Which version of the set the editor was opened on. */
export interface SeenVersion {
  resourceVersion: string
  generation?: number | undefined
}

/** What a document replaces, whoever wrote it last. */
const REPLACED = [['spec'], ['metadata', 'labels'], ['metadata', 'annotations']] as const
const AS_SEEN = 'as the editor saw it'

/**
 * Whether nothing of what the document replaces has changed since: the status, which changes all the time, is not
 * part of it, so an equal generation will do where labels and annotations stay.
 */
function change(set: KubeJson, document: SetDocument, seen: SeenVersion): string {
  if (versionOf(set) === seen.resourceVersion) return AS_SEEN
  if (seen.generation === undefined || generationOf(set) !== seen.generation) return 'changed'
  const { labels, annotations } = metadataOf(set)
  const same = (wished: unknown, there: unknown) => wished === undefined || isDeepStrictEqual(wished, there)
  return same(document.labels, labels) && same(document.annotations, annotations) ? AS_SEEN : 'changed'
}

function editJudged(subject: SetSubject, set: KubeJson, document: SetDocument): Verdict {
  const { namespace, name, spec, ...said } = document
  const before = metadataOf(set)
  const metadata = { labels: before.labels, annotations: before.annotations, ...said, namespace, name }
  // Only a document that holds to the schema is judged: the cluster says what is wrong with any other.
  return judgeEdit(set, { ...set, metadata, spec } as CocoonSet, subject)
}

/** Where a document pins the main agent is looked at as when it is moved: among all nodes. */
const nodesFor = ({ spec }: SetDocument): NodesWanted =>
  typeof spec.nodeName === 'string' && spec.nodeName !== '' ? 'all' : 'of its main agent'

/** Replaces the set by the document, if it still is what the editor saw (contract 10, design 4). */
export const editSetDeed = (target: Target, document: SetDocument, seen: SeenVersion): Deed<LiveSet> => ({
  action: 'edit-set',
  target,
  failure: `CocoonSet ${target.namespace}/${target.name} was not changed`,
  witnesses: ({ set }) => REPLACED.map((field) => ({ object: set, field })),
  look: (acting) => lookAtSet(acting, target, nodesFor(document)),
  judge: ({ subject, set }) => editJudged(subject, set, document),
  basis: ({ set }) => set,
  decided: ({ set }) => change(set, document, seen),
  expected: AS_SEEN,
  plan: ({ set }) =>
    replaceSetWrite(document, { uid: target.uid, resourceVersion: versionOf(set) }, metadataOf(set)),
})
