import { KIND_OF, objectPath } from '../../fleet/writes/planned-write.ts'
import { Refused } from '../problem.ts'
import { callApi } from './api-call.ts'
import type { Acting, KubeJson, Target } from './deed.ts'
import { lastWriter } from './last-writer.ts'
import { metadataOf, textOf, uidOf } from './object-metadata.ts'
import { noAnswer, refusalProblem } from './refusal-problem.ts'

type Place = Pick<Target, 'resource' | 'namespace' | 'name'>

/** `CocoonSet lab/web`, for sentences. */
export const placeWords = ({ resource, namespace, name }: Place) =>
  `${KIND_OF[resource]} ${namespace}/${name}`

/** Asks the API server itself; the body of a GET, or null for 404. @throws Refused when it cannot be read */
export async function readPath(
  { transport }: Pick<Acting, 'transport'>,
  path: string,
  what: string,
  query: Readonly<Record<string, string>> = {},
): Promise<KubeJson | null> {
  const called = await callApi(transport, { path, query })
  if (called.kind === 'ok') return called.body
  const title = `${what} cannot be read`
  if (called.kind === 'unanswered') {
    throw noAnswer(title, called.why)
  }
  if (called.refusal.status === 404) return null
  throw new Refused(refusalProblem(called.refusal, title))
}

/** The object as it is now; null when there is none of this name. @throws Refused when it cannot be read */
export const readLive = (acting: Pick<Acting, 'transport'>, place: Place): Promise<KubeJson | null> =>
  readPath(acting, objectPath(place), placeWords(place))

/**
 * The very object that the request means, live.
 * @throws Refused: `deleted` (409) when this process deleted it, `not-found` (404) when nothing bears the name,
 * `recreated` (409) when something else does
 */
export async function readTarget(acting: Acting, target: Target): Promise<KubeJson> {
  const object = await readLive(acting, target)
  if (object !== null && uidOf(object) === target.uid) return object
  const what = placeWords(target)
  const deed = acting.service.deeds.of(target.namespace, target.uid)
  if (deed !== undefined) {
    throw new Refused({
      status: 409,
      code: 'deleted',
      title: `${what} was deleted`,
      detail: `The ${what} that was meant was deleted through the dashboard (${deed.action}).`,
      conflict: { who: deed.who, when: deed.when, what: `deleted ${what}` },
    })
  }
  if (object === null) {
    throw new Refused({
      status: 404,
      code: 'not-found',
      title: `There is no ${what}`,
      detail: `There is no ${what} any more. It may have been deleted, or renamed by its set.`,
    })
  }
  const { who } = lastWriter(object, ['spec'])
  throw new Refused({
    status: 409,
    code: 'recreated',
    title: `${what} was recreated`,
    detail: `The ${what} that was meant is gone and another one bears its name. Look at it before you act on it.`,
    conflict: { who, when: textOf(metadataOf(object).creationTimestamp), what: 'created a namesake' },
  })
}
