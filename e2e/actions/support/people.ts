import { expect, inject } from 'vitest'
import { connectTo } from '../../../demo/testing/fleet-user.ts'
import { fieldsOf, itemsOf } from '../../../lib/fleet/reader.ts'
import { startDashboard } from '../../../scripts/dashboard.ts'
import { bind } from './accounts.ts'
import type { Sent } from './rig.ts'

export type Person = 'omar' | 'vera'

export interface Answer {
  status: number
  text: string
}

/** One line of the dashboard's audit trail. */
export interface TrailLine {
  who: string
  means: string
  action: string
  result: string
  code: string
  from: string
  requestId: string
  target: { namespace: string; name: string; uid: string } | null
}

/** A dashboard whose people sign in: omar operates a namespace, vera looks at it. */
export interface People {
  send(as: Person, sent: Sent | { method: 'GET'; path: string; body?: object }): Promise<Answer>
  /** How much of its trail there is, to look back to. */
  mark(): number
  /** Waits for the line about this object that came since. */
  lineOf(action: string, uid: string, since: number): Promise<TrailLine>
  /** The Events of the dashboard about an object: their reasons, and who did it. */
  toldOf(uid: string): Promise<{ reason: unknown; who: unknown }[]>
  /** All that must not be in a log or an Event. */
  secrets: readonly string[]
  /** All that the dashboard has logged, and all Events of the namespace. */
  written(): Promise<string[]>
  close(): Promise<void>
}

/** Stands in everything that a person may send. */
export const CANARY = 'canary-5f1d0c'

/** The cluster or the dashboard would not have it: as an answer, or as a line of a bulk one. */
export const isRefused = ({ status, text }: Answer) =>
  (status >= 400 && status < 500) || (status === 200 && text.includes('"state":"refused"'))

/** Binds them to the namespace, and starts their dashboard. */
export async function startPeople(namespace: string): Promise<People> {
  const tokens = inject('peoplesTokens')
  const admin = connectTo(process.env.E2E_KUBECONFIG ?? '')
  await bind(admin, 'omar', 'cocoon-team-operator', namespace)
  await bind(admin, 'vera', 'cocoon-team-viewer', namespace)
  const dashboard = await startDashboard({
    CLUSTER: 'kube',
    KUBECONFIG: inject('signingKubeconfig'),
    AUTH_MODE: 'token',
    LOG_LEVEL: 'error',
    RATE_LIMIT: '0',
  })
  const events = `/api/v1/namespaces/${namespace}/events`
  const lines = () =>
    dashboard
      .said()
      .split('\n')
      .filter((line) => line.includes('"audit":true') && line.includes('"action"'))
      .map((line) => JSON.parse(line) as TrailLine)
  return {
    secrets: [CANARY, ...Object.values(tokens)],
    async send(as, { method, path, body }) {
      const response = await fetch(`${dashboard.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${tokens[as]}`,
          // Whoever shows a cookie must be a page of the dashboard's own.
          origin: dashboard.url,
          cookie: `theme=${CANARY}`,
          'idempotency-key': `${CANARY}-${crypto.randomUUID()}`,
          'impersonate-user': `${CANARY}-admin`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      return { status: response.status, text: await response.text() }
    },
    mark: () => lines().length,
    async lineOf(action, uid, since) {
      const find = () =>
        lines()
          .slice(since)
          .find((line) => line.action === action && line.target?.uid === uid)
      await expect.poll(find, { message: `the line of ${action} ${uid}` }).toBeDefined()
      const line = find()
      if (line === undefined) throw new Error('unreachable')
      return line
    },
    async toldOf(uid) {
      const selector = encodeURIComponent(`involvedObject.uid=${uid},reportingComponent=cocoon-dashboard`)
      const list = await admin.send('GET', `${events}?fieldSelector=${selector}`)
      return itemsOf(fieldsOf(list).items).map(({ reason, metadata }) => ({
        reason,
        who: fieldsOf(fieldsOf(metadata).annotations)['cocoon-dashboard/who'],
      }))
    },
    written: async () => [dashboard.said(), JSON.stringify(await admin.send('GET', events))],
    async close() {
      await dashboard.stop()
      admin.close()
    },
  }
}
