import type { Random } from '../../demo/random.ts'
import type { ApiRequest, Transport } from '../../lib/kube/transport.ts'

/**
 * What happens to a write on its way: nothing; it is lost; it is done and its answer is lost; or it is given up by
 * the client and done all the same, a little later.
 */
export const FATES = ['passes', 'lost', 'done, unanswered', 'done late, unanswered'] as const

export type Fate = (typeof FATES)[number]

const cut = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })

const isWrite = ({ method = 'GET', body = '', query = {} }: ApiRequest) =>
  method !== 'GET' && query.dryRun === undefined && !body.includes('"dryRun"')

/** A way to the API server on which `fate` decides about each write; reads pass. */
export function spoilt(transport: Transport, random: Random, fate: () => Fate): Transport {
  return {
    ...transport,
    async open(request) {
      if (!isWrite(request)) return transport.open(request)
      const what = fate()
      if (what === 'passes') return transport.open(request)
      if (what === 'done, unanswered') await (await transport.open(request)).text()
      // Nobody waits for it any more, as for a request that is still on the wire.
      if (what === 'done late, unanswered') {
        setTimeout(() => void late(transport, request), random.int(0, 120))
      }
      throw cut()
    },
  }
}

async function late(transport: Transport, request: ApiRequest): Promise<void> {
  const answer = await transport.open(request).catch(() => undefined)
  await answer?.text()
}

/** Less than half of the writes pass, and each other fate is as likely as the others. */
export const fates = (random: Random) => (): Fate => (random.next() < 0.25 ? 'passes' : random.pick(FATES))
