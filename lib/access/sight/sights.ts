import { NAMESPACED, sightOf } from '../../fleet/sight.ts'
import type { Namespaced, Seen, Sight } from '../../fleet/sight.ts'
import type { AccessQuestion } from '../../kube/access-review.ts'
import { reviewAccess } from '../../kube/access-review.ts'
import type { Transport } from '../../kube/transport.ts'
import { notReviewed } from './not-reviewed.ts'

/** Whose sight is looked for. */
export interface Looker {
  /** Nobody's answers are another's, and those of one sign-in are not those of the next. */
  session: string
  name: string
  groups: readonly string[]
  /** Asks the API server as them. */
  transport: Transport
}

export interface Sights {
  /**
   * What they may list. Answers are kept for half a minute at most, and only whole ones: where one review is not
   * answered there is no sight.
   * @throws Refused: 401 when the API server does not know them any more, else `unavailable` (503)
   */
  of(looker: Looker): Promise<Sight>
}

export interface SightsOptions {
  /** Where there are objects of a resource: nowhere else there is anything to see, so nothing else is asked for. */
  namespaces(resource: Namespaced): string[]
  /** Milliseconds; tests have a clock of their own. */
  now?: () => number
  keptMs?: number
  timeoutMs?: number
}

const KEPT_MS = 30_000
const TIMEOUT_MS = 10_000
/** Reviews of one looker on their way at a time. */
const AT_ONCE = 8
const MOST_LOOKERS = 10_000

const GROUPS: Record<Namespaced, string> = {
  pods: '',
  cocoonsets: 'cocoonset.cocoonstack.io',
  cocoonhibernations: 'cocoonset.cocoonstack.io',
}

interface Answers {
  askedAt: number
  nodes: boolean | null
  everywhere: Map<Namespaced, boolean>
  namespaces: Record<Namespaced, Map<string, boolean>>
  running: Promise<void> | null
}

interface Question {
  about: AccessQuestion
  keep(allowed: boolean): void
}

const list = (resource: Namespaced, namespace?: string): AccessQuestion => ({
  verb: 'list',
  group: GROUPS[resource],
  resource,
  ...(namespace === undefined ? {} : { namespace }),
})

const noAnswers = (askedAt: number): Answers => ({
  askedAt,
  nodes: null,
  everywhere: new Map(),
  namespaces: { pods: new Map(), cocoonsets: new Map(), cocoonhibernations: new Map() },
  running: null,
})

async function askAll(looker: Looker, questions: readonly Question[], timeoutMs: number): Promise<void> {
  const queue = questions.values()
  let failed = false
  const worker = async () => {
    for (const { about, keep } of queue) {
      if (failed) return
      const answer = await reviewAccess(looker.transport, about, timeoutMs)
      if ('allowed' in answer) keep(answer.allowed)
      else {
        failed = true
        throw notReviewed(answer)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, questions.length) }, worker))
}

/** Finds out what people may see, by asking the API server as them before anything of the fleet is looked at. */
export function createSights({ namespaces, ...options }: SightsOptions): Sights {
  const { now = Date.now, keptMs = KEPT_MS, timeoutMs = TIMEOUT_MS } = options
  const known = new Map<string, Answers>()

  /** First what may be listed everywhere; then, where that is not so, each namespace that has something. */
  function unanswered(answers: Answers): Question[] {
    const { everywhere } = answers
    const first: Question[] = NAMESPACED.filter((resource) => !everywhere.has(resource)).map((resource) => ({
      about: list(resource),
      keep: (allowed) => void everywhere.set(resource, allowed),
    }))
    if (answers.nodes === null) {
      const about = { verb: 'list', group: '', resource: 'nodes' }
      first.push({ about, keep: (allowed) => (answers.nodes = allowed) })
    }
    if (first.length > 0) return first
    return NAMESPACED.filter((resource) => everywhere.get(resource) === false).flatMap((resource) => {
      const there = answers.namespaces[resource]
      return namespaces(resource)
        .filter((namespace) => !there.has(namespace))
        .map((namespace) => ({
          about: list(resource, namespace),
          keep: (allowed: boolean) => void there.set(namespace, allowed),
        }))
    })
  }

  async function complete(answers: Answers, looker: Looker): Promise<void> {
    for (let left = unanswered(answers); left.length > 0; left = unanswered(answers)) {
      await askAll(looker, left, timeoutMs)
    }
  }

  const seenOf = (answers: Answers, resource: Namespaced): Seen => {
    if (answers.everywhere.get(resource) === true) return 'all'
    return new Set([...answers.namespaces[resource]].flatMap(([name, allowed]) => (allowed ? [name] : [])))
  }

  const answersOf = (key: string): Answers => {
    const kept = known.get(key)
    if (kept !== undefined && now() - kept.askedAt < keptMs) return kept
    const fresh = noAnswers(now())
    known.delete(key)
    known.set(key, fresh)
    for (const [other, { askedAt }] of known) {
      if (known.size <= MOST_LOOKERS && now() - askedAt < keptMs) break
      known.delete(other)
    }
    return fresh
  }

  return {
    async of(looker) {
      const key = JSON.stringify([looker.session, looker.name, looker.groups])
      const answers = answersOf(key)
      // One who asks while another asks the same waits for those answers; a namespace may have come since then.
      while (answers.running !== null || unanswered(answers).length > 0) {
        answers.running ??= complete(answers, looker).finally(() => (answers.running = null))
        try {
          await answers.running
        } catch (error) {
          if (known.get(key) === answers) known.delete(key)
          throw error
        }
      }
      return sightOf({
        pods: seenOf(answers, 'pods'),
        cocoonsets: seenOf(answers, 'cocoonsets'),
        cocoonhibernations: seenOf(answers, 'cocoonhibernations'),
        nodes: answers.nodes === true,
      })
    },
  }
}
