import { ANNOTATION_POST_CLONE_HINT } from '../../../lib/cocoon/component-keys.ts'
import type { KubeObject } from '../../../lib/cocoon/kube-json.ts'
import { marksIn } from './marks.ts'
import type { Mark } from './marks.ts'
import type { Transport } from '../../../lib/kube/transport.ts'

/** What the API server itself shows somebody. */
export interface Shown {
  /** Everything that they can have in any way: by lists and by asking for each object. */
  all: Set<Mark>
  /** What lists show them: a fleet is a list. */
  listed: Set<Mark>
  /** What lists of Events show them. */
  events: Set<Mark>
  /** How many objects lists show, by resource. */
  counts: Record<string, number>
  /** `KIND NAMESPACE/NAME` of what they get when they ask for it by name. */
  readable: Set<string>
}

const COCOON = '/apis/cocoonset.cocoonstack.io/v1'
const BASES: Record<string, string> = {
  pods: '/api/v1',
  cocoonsets: COCOON,
  cocoonhibernations: COCOON,
  events: '/api/v1',
}

/** Text of a guest's hint is encoded in its annotation, and shown decoded. */
function textOf(object: KubeObject): string {
  const hint = object.metadata?.annotations?.[ANNOTATION_POST_CLONE_HINT]
  const decoded = hint === undefined ? '' : Buffer.from(hint, 'base64').toString('utf8')
  // The server's bookkeeping repeats names of fields, not values.
  return JSON.stringify(object) + decoded
}

async function answerOf(transport: Transport, path: string): Promise<unknown> {
  const answer = await transport.open({ path })
  if (answer.status === 200) return answer.json()
  answer.discard()
  return null
}

/** Asks the API server as somebody for every object there is, in every way there is. */
export async function shownTo(
  transport: Transport,
  namespaces: readonly string[],
  objects: readonly KubeObject[],
): Promise<Shown> {
  const all: string[] = []
  const listed = new Map<string, string>()
  const events: string[] = []
  const counts: Record<string, number> = {}
  const readable = new Set<string>()
  const list = async (resource: string, path: string) => {
    const answer = (await answerOf(transport, path)) as { items?: KubeObject[] } | null
    for (const item of answer?.items ?? []) {
      const uid = item.metadata?.uid ?? ''
      if (!listed.has(uid)) counts[resource] = (counts[resource] ?? 0) + 1
      listed.set(uid, textOf(item))
      if (resource === 'events') events.push(textOf(item))
    }
  }
  await list('nodes', '/api/v1/nodes')
  for (const [resource, base] of Object.entries(BASES)) {
    await list(resource, `${base}/${resource}`)
    for (const namespace of namespaces) await list(resource, `${base}/namespaces/${namespace}/${resource}`)
  }
  const resourceOf: Record<string, string> = {
    Pod: 'pods',
    CocoonSet: 'cocoonsets',
    CocoonHibernation: 'cocoonhibernations',
  }
  for (const { kind = '', metadata = {} } of objects) {
    const resource = resourceOf[kind]
    if (resource === undefined) continue
    const path = `${BASES[resource]}/namespaces/${metadata.namespace}/${resource}/${metadata.name}`
    const answer = await answerOf(transport, path)
    if (answer === null) continue
    all.push(textOf(answer as KubeObject))
    readable.add(`${kind} ${metadata.namespace}/${metadata.name}`)
  }
  const shown = marksIn([...listed.values()].join('\n'))
  return {
    listed: shown,
    all: marksIn([...all, ...listed.values()].join('\n')),
    counts,
    readable,
    events: marksIn(events.join('\n')),
  }
}
