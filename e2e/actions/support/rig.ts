import { expect, inject } from 'vitest'
import { connectTo, fleetUser } from '../../../demo/testing/fleet-user.ts'
import type { FleetUser } from '../../../demo/testing/fleet-user.ts'
import { actionAnswerSchema, bulkLineSchema, problemSchema } from '../../../lib/kube/api/answer-schemas.ts'
import type { ActionAnswer, BulkLine, Problem } from '../../../lib/fleet/writes/answer.ts'
import { expectAsAnnounced } from './applied.ts'
import { openJournal } from './journal.ts'
import type { JournalEntry } from './journal.ts'
import { startWitness } from './witness.ts'

/** One request of the dashboard's API, as a script sends it. */
export interface Sent {
  method: 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: object
}

export interface BulkSent {
  action: string
  targets: readonly { namespace: string; name: string; uid: string }[]
  count?: number
}

/** A dashboard over HTTP, the cluster behind it, and who watches both. */
export interface Rig {
  user: FleetUser
  /** Does one action, first as a dry run, and holds both to what journal and witness saw. */
  act(sent: Sent): Promise<ActionAnswer>
  /** The same of one action on many targets; the answers in the order of the targets. */
  bulk(sent: BulkSent): Promise<ActionAnswer[]>
  /** Sends what must be refused, and holds the refusal to having written nothing. */
  refused(sent: Sent): Promise<Problem>
  /** Sends a dry run that may be refused. */
  tried(sent: Sent): Promise<ActionAnswer | Problem>
  /** Any document of the dashboard's API. */
  read(path: string): Promise<Record<string, unknown>>
  close(): Promise<void>
}

const dry = ({ path, ...sent }: Sent): Sent => ({
  ...sent,
  path: `${path}${path.includes('?') ? '&' : '?'}dryRun=true`,
})

const real = (entries: readonly JournalEntry[]) => entries.filter(({ dryRun }) => !dryRun)

function expectOneWrite(entries: readonly JournalEntry[], { write }: ActionAnswer): void {
  const { method, path, body } = write
  expect(entries).toMatchObject([{ user: inject('dashboardUser'), method, path, body }])
  if (method === 'PATCH') expect(entries[0]?.body).toEqual(body)
  expect(entries[0]?.code).toBeLessThan(300)
}

/** The rig of a test file; the cluster and the dashboard are shared with the others. */
export async function startRig(url = inject('dashboardUrl')): Promise<Rig> {
  const user = await fleetUser()
  const journal = openJournal(inject('journalPath'))
  const connection = connectTo(process.env.E2E_KUBECONFIG ?? '')
  const witness = await startWitness(connection)
  const send = async ({ method, path, body }: Sent) => {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    })
    return { status: response.status, text: await response.text() }
  }
  const done = async (sent: Sent): Promise<ActionAnswer> => {
    const { status, text } = await send(sent)
    expect(status, `${sent.method} ${sent.path}: ${text}`).toBeLessThan(300)
    return actionAnswerSchema.parse(JSON.parse(text))
  }
  const linesOf = async (sent: Sent): Promise<BulkLine[]> => {
    const { text } = await send(sent)
    return text
      .trim()
      .split('\n')
      .map((line) => bulkLineSchema.parse(JSON.parse(line)))
  }
  const answersOf = (lines: readonly BulkLine[], count: number) => {
    expect(lines.at(-1)).toEqual({ state: 'finished', done: count, refused: 0, left: 0 })
    const ends = lines.flatMap((line) => ('index' in line && line.state === 'done' ? [line] : []))
    return ends.toSorted((a, b) => a.index - b.index).map(({ answer }) => answer)
  }
  return {
    user,
    async act(sent) {
      const mark = journal.mark()
      const tried = await done(dry(sent))
      expect(real(await journal.since(mark))).toEqual([])
      const answer = await done(sent)
      expectOneWrite(real(await journal.since(mark)), answer)
      expect(answer).toMatchObject({ write: tried.write, kubectl: tried.kubectl, seen: true })
      await expectAsAnnounced(witness, answer, tried)
      return answer
    },
    async bulk(body) {
      const sent: Sent = { method: 'POST', path: '/api/bulk', body }
      const count = body.targets.length
      const mark = journal.mark()
      const tried = answersOf(await linesOf(dry(sent)), count)
      expect(real(await journal.since(mark))).toEqual([])
      const answers = answersOf(await linesOf(sent), count)
      const entries = real(await journal.since(mark))
      expect(entries).toHaveLength(count)
      for (const [index, answer] of answers.entries()) {
        const before = tried[index] ?? answer
        expectOneWrite(
          entries.filter(({ path, body: written }) => isOf(answer, path, written)),
          answer,
        )
        expect(answer.write).toEqual(before.write)
        await expectAsAnnounced(witness, answer, before)
      }
      return answers
    },
    async refused(sent) {
      const mark = journal.mark()
      const { status, text } = await send(sent)
      const problem = problemSchema.parse(JSON.parse(text))
      expect(problem.status).toBe(status)
      expect(real(await journal.since(mark)).filter(({ code }) => code < 300)).toEqual([])
      return problem
    },
    async tried(sent) {
      const { status, text } = await send(dry(sent))
      return status < 300 ? actionAnswerSchema.parse(JSON.parse(text)) : problemSchema.parse(JSON.parse(text))
    },
    async read(path) {
      const response = await fetch(`${url}${path}`)
      return (await response.json()) as Record<string, unknown>
    },
    async close() {
      witness.close()
      connection.close()
      await user.close()
    },
  }
}

/** Creations share the path of their collection: the name tells them apart. */
function isOf({ write }: ActionAnswer, path: string, body: unknown): boolean {
  if (path !== write.path) return false
  return write.method !== 'POST' || JSON.stringify(body).includes(`"name":${JSON.stringify(write.name)}`)
}
