import { afterEach, describe, expect, it } from 'vitest'
import { ALL_SIGHT, NO_SIGHT, sightOf } from '../../fleet/sight.ts'
import type { Namespaced } from '../../fleet/sight.ts'
import type { Transport } from '../../kube/transport.ts'
import { createSights } from './sights.ts'

interface Asked {
  resource: string
  namespace?: string
}

const ANSWERED = { 'content-type': 'application/json' }

/** Somebody whom the API server lets list what `allows` says; a number is the status of a refusal. */
function somebody(
  name: string,
  allows: (asked: Asked) => boolean | number | 'never' | 'odd',
  session = name,
) {
  const asked: string[] = []
  const running = { now: 0, most: 0 }
  const transport = {
    async open({ body = '{}', signal }: { body?: string; signal?: AbortSignal }) {
      const { spec } = JSON.parse(body) as { spec: { resourceAttributes: Asked & { verb: string } } }
      const { verb, resource, namespace } = spec.resourceAttributes
      asked.push(`${verb} ${resource}${namespace === undefined ? '' : ` in ${namespace}`}`)
      running.now += 1
      running.most = Math.max(running.most, running.now)
      await new Promise((resolve) => setImmediate(resolve))
      running.now -= 1
      const said = allows(spec.resourceAttributes)
      if (said === 'never') {
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      }
      const status = typeof said === 'number' ? said : 201
      const document = said === 'odd' ? { status: {} } : { status: { allowed: said === true } }
      return {
        status,
        headers: ANSWERED,
        json: async () => document,
        lines: async function* () {
          yield Buffer.from('{"message":"not now"}')
        },
        discard() {},
      }
    },
  } as object as Transport
  return { looker: { session, name, groups: [], transport }, asked, running }
}

const there: Record<Namespaced, string[]> = { pods: [], cocoonsets: [], cocoonhibernations: [] }
const clock = { now: 0 }
const sightsOf = (namespaces: Partial<Record<Namespaced, string[]>> = {}) => {
  Object.assign(there, { pods: [], cocoonsets: [], cocoonhibernations: [] }, namespaces)
  return createSights({ namespaces: (resource) => there[resource], now: () => clock.now, timeoutMs: 50 })
}
afterEach(() => {
  clock.now = 0
})

describe('what somebody may see', () => {
  it('is asked once for all of the cluster where that is allowed', async () => {
    const { looker, asked } = somebody('admin', () => true)
    expect(await sightsOf({ pods: ['red', 'blue'] }).of(looker)).toEqual(ALL_SIGHT)
    expect(asked.toSorted()).toEqual([
      'list cocoonhibernations',
      'list cocoonsets',
      'list nodes',
      'list pods',
    ])
  })

  it('is asked for each namespace that has something, where it is not', async () => {
    const { looker, asked } = somebody(
      'red',
      ({ resource, namespace }) => namespace === 'red' && resource === 'pods',
    )
    const sight = await sightsOf({ pods: ['red', 'blue'], cocoonsets: ['red'] }).of(looker)
    expect(sight).toEqual(sightOf({ ...NO_SIGHT, pods: new Set(['red']) }))
    expect(asked.slice(4).toSorted()).toEqual([
      'list cocoonsets in red',
      'list pods in blue',
      'list pods in red',
    ])
  })

  it('is kept for half a minute, and then asked anew', async () => {
    let allowed = true
    const { looker, asked } = somebody('admin', () => allowed)
    const sights = sightsOf()
    await sights.of(looker)
    allowed = false
    clock.now = 29_999
    expect(await sights.of(looker)).toEqual(ALL_SIGHT)
    clock.now = 30_000
    expect(await sights.of(looker)).toEqual(NO_SIGHT)
    expect(asked).toHaveLength(8)
  })

  it('is asked of a namespace when it appears, and of nothing else', async () => {
    const { looker, asked } = somebody('team', ({ namespace }) => namespace !== undefined)
    const sights = sightsOf({ pods: ['red'] })
    await sights.of(looker)
    there.pods.push('blue')
    expect((await sights.of(looker)).pods).toEqual(new Set(['red', 'blue']))
    expect(asked.slice(5)).toEqual(['list pods in blue'])
  })

  it('is asked once by many at the same time, and by no more than eight questions at a time', async () => {
    const { looker, asked, running } = somebody('team', ({ namespace }) => namespace !== undefined)
    const sights = sightsOf({ pods: Array.from({ length: 50 }, (_, at) => `team-${at}`) })
    const answers = await Promise.all(Array.from({ length: 100 }, () => sights.of(looker)))
    expect(new Set(answers.map(({ key }) => key)).size).toBe(1)
    expect([asked.length, running.most]).toEqual([54, 8])
  })

  it('is never that of another, nor of another session of the same name, however they come together', async () => {
    for (let round = 0; round < 50; round += 1) {
      const sights = sightsOf({ pods: ['red'] })
      const [admin, same, other] = [
        somebody('a', () => true, 's1'),
        somebody('a', () => false, 's2'),
        somebody('b', () => false, 's1'),
      ]
      const found = await Promise.all([admin, same, other, admin].map(({ looker }) => sights.of(looker)))
      expect(found).toEqual([ALL_SIGHT, NO_SIGHT, NO_SIGHT, ALL_SIGHT])
    }
  })
})

describe('what is not known', () => {
  it.each([[500], [403], [429], ['never' as const], ['odd' as const]])(
    'when the API server answers %s is not shown, and asked again by the next',
    async (said) => {
      let broken = true
      const { looker } = somebody('team', ({ namespace }) =>
        namespace === 'blue' && broken ? said : namespace !== undefined,
      )
      const sights = sightsOf({ pods: ['red', 'blue', 'green'] })
      const refusals = await Promise.allSettled([sights.of(looker), sights.of(looker)])
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({
          reason: { problem: { status: 503, code: 'unavailable', retryAfter: 5 } },
        })
      }
      broken = false
      expect((await sights.of(looker)).pods).toEqual(new Set(['red', 'blue', 'green']))
    },
  )

  it('by credentials that are not accepted is another thing: they have to sign in again', async () => {
    const { looker } = somebody('gone', () => 401)
    await expect(sightsOf().of(looker)).rejects.toMatchObject({ problem: { status: 401 } })
  })
})
