import { expect } from 'vitest'
import { jsonPatch } from '../../../demo/api/json-patch.ts'
import { fieldsOf } from '../../../lib/fleet/reader.ts'
import type { ActionAnswer } from '../../../lib/fleet/writes/answer.ts'
import { metadataOf } from './witness.ts'
import type { Frame, Witness } from './witness.ts'

type Json = Record<string, unknown>

/** What a person decides about an object; the rest is the cluster's own. */
const wishOf = (object: Json) => {
  const { labels, annotations } = metadataOf(object)
  return { spec: object.spec, labels, annotations }
}

const isGoing = ({ type, object }: Frame) =>
  type === 'DELETED' || metadataOf(object).deletionTimestamp !== undefined

function deletionOf({ object }: ActionAnswer): (frame: Frame) => boolean {
  return (frame) => metadataOf(frame.object).uid === object.uid && isGoing(frame)
}

/** Tokens of pods are mounted under a name that is drawn anew each time. */
const settled = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/kube-api-access-\w{5}/g, 'kube-api-access'))

/**
 * Holds an answer to what the witness saw of its object: the announced body, applied to what was there before, gives
 * what is there now, and what the dry run had shown is what came.
 */
export async function expectAsAnnounced(
  witness: Witness,
  answer: ActionAnswer,
  tried: ActionAnswer,
): Promise<void> {
  const { write, object } = answer
  const what = `${write.method} ${write.path}`
  if (write.method === 'DELETE') {
    const { frame, before } = await witness.saw(deletionOf(answer), what)
    expect(fieldsOf(before?.object).spec).toEqual(frame.object.spec)
    expect(tried.preview?.after).toBeNull()
    return
  }
  const made = (frame: Frame) =>
    frame.kind === object.kind &&
    frame.type !== 'DELETED' &&
    metadataOf(frame.object).uid === object.uid &&
    metadataOf(frame.object).resourceVersion === object.resourceVersion
  const { frame, before } = await witness.saw(made, what)
  if (write.method === 'PATCH') {
    expect(frame.type).toBe('MODIFIED')
    expect(wishOf(frame.object)).toEqual(wishOf(jsonPatch(before?.object, write.body) as Json))
  } else {
    expect(frame.type).toBe(write.method === 'POST' ? 'ADDED' : 'MODIFIED')
    expect(frame.object.spec).toMatchObject(fieldsOf(write.body.spec))
    const { labels = {}, annotations = {} } = metadataOf(write.body)
    expect(metadataOf(frame.object)).toMatchObject({
      ...(write.method === 'PUT' || Object.keys(fieldsOf(labels)).length > 0 ? { labels } : {}),
      ...(Object.keys(fieldsOf(annotations)).length > 0 ? { annotations } : {}),
    })
  }
  expect(settled(wishOf(frame.object))).toEqual(settled(wishOf(tried.preview?.after ?? {})))
}
