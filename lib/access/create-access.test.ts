import { expect, it, vi } from 'vitest'
import { Refused } from '../kube/problem.ts'
import type { Transport } from '../kube/transport.ts'
import { createAccess } from './create-access.ts'
import type { Session } from './session/session.ts'

/** What the sight of somebody whom the API server answers with 401 rejects with. */
const unknown = new Refused({ status: 401, code: 'unauthorized', title: 'Unknown', detail: 'Who?' })

function accessOf(credential: Session['credential']) {
  const transport = {} as Transport
  const session: Session = {
    id: 'one',
    name: 'vera',
    groups: [],
    credential,
    startedAt: 0,
    usedAt: 0,
    credentialEndsAt: null,
    demoUser: null,
    oidc: null,
  }
  const endNow = vi.fn<(ended: Pick<Session, 'id'>) => void>()
  const access = createAccess({
    mode: 'token',
    transport,
    users: { withToken: () => transport, impersonating: () => transport, close: () => {} },
    sessions: {
      times: { idleMs: 1, longestMs: 1 },
      read: async () => session,
      write: async () => null,
      end: async () => [],
      endNow,
      endsAt: () => 0,
      keep: async () => {},
      onEnd: () => () => {},
      close: () => {},
    },
    everybody: false,
    sightOf: () => Promise.reject(unknown),
  })
  return { access, endNow }
}

const sightIn = async ({ access }: ReturnType<typeof accessOf>) =>
  (await access.callerOf(new Headers())).sight()

it('ends the session of somebody whose token the API server accepts no more', async () => {
  const mine = accessOf({ kind: 'token', token: 'mine' })
  await expect(sightIn(mine)).rejects.toMatchObject({ problem: { status: 401, code: 'not-signed-in' } })
  expect(mine.endNow).toHaveBeenCalledWith({ id: 'one' })
})

it('ends nobody’s session when it is the dashboard’s own account that is not accepted', async () => {
  const spoken = accessOf({ kind: 'impersonation' })
  await expect(sightIn(spoken)).rejects.toMatchObject({ problem: { status: 503, code: 'unavailable' } })
  expect(spoken.endNow).not.toHaveBeenCalled()
})
