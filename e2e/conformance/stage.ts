import { randomBytes } from 'node:crypto'
import type { Answer, Exchange, Theme } from './exchange.ts'
import { play } from './play.ts'
import type { Outgoing } from './send.ts'
import { read, sender } from './send.ts'
import type { ServerUnderTest } from './server-under-test.ts'

const letters = (count: number) => `z${randomBytes(count).toString('hex').slice(0, count)}`
const NAMESPACES = '/api/v1/namespaces'

export interface Theatre {
  play(theme: Theme, exchange: Exchange): Promise<Answer[]>
  /** Deletes the namespaces that were used; their content follows in the server's own time. */
  close(): Promise<void>
}

/** Plays exchanges at one server, in a namespace per theme and in own ones for those that must be alone. */
export function theatre(server: ServerUnderTest): Theatre {
  const { send, close } = sender(server)
  const admin = { authorization: `Bearer ${server.token}` }
  const ask = async (outgoing: Omit<Outgoing, 'headers'>) =>
    read(await send({ ...outgoing, headers: { ...admin, 'content-type': 'application/json' } }))
  const made: string[] = []
  const shared = new Map<string, Promise<string>>()

  const newNamespace = async (): Promise<string> => {
    const name = `conf-${letters(8)}`
    made.push(name)
    const body = JSON.stringify({ metadata: { name } })
    const created = await ask({ method: 'POST', path: NAMESPACES, body })
    if (created.status !== 201) throw new Error(`no namespace: ${JSON.stringify(created)}`)
    await accountOf(ask, name)
    return name
  }
  const namespaceOf = (theme: Theme) => {
    const known = shared.get(theme.name) ?? newNamespace()
    shared.set(theme.name, known)
    return known
  }
  return {
    async play(theme, exchange) {
      const namespace = await (exchange.alone ? newNamespace() : namespaceOf(theme))
      return play(exchange, {
        send,
        token: server.token,
        host: new URL(server.url).host,
        namespace,
        id: `exchange-${letters(9)}`,
      })
    },
    async close() {
      for (const name of made) await ask({ method: 'DELETE', path: `${NAMESPACES}/${name}` })
      close()
    },
  }
}

/** Pods are refused until their namespace has its default account, which a controller makes a moment later. */
async function accountOf(ask: (outgoing: Omit<Outgoing, 'headers'>) => Promise<Answer>, namespace: string) {
  const path = `${NAMESPACES}/${namespace}/serviceaccounts/default`
  for (let tries = 0; tries < 400; tries++) {
    const { status } = await ask({ method: 'GET', path })
    if (status === 200) return
    await new Promise((resolve) => {
      setTimeout(resolve, 25)
    })
  }
  throw new Error(`the namespace ${namespace} gets no service account`)
}
