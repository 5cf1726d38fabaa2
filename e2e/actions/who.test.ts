import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { fieldsOf, itemsOf } from '../../lib/fleet/reader.ts'
import { figure } from '../promises/figure.ts'
import { usernameOf } from './support/accounts.ts'
import { openJournal } from './support/journal.ts'
import type { JournalEntry } from './support/journal.ts'
import { CANARY, isRefused, startPeople } from './support/people.ts'
import type { People, Person } from './support/people.ts'
import { requests } from './support/requests.ts'
import type { Requests } from './support/requests.ts'
import { startRig } from './support/rig.ts'
import type { Rig, Sent } from './support/rig.ts'

const started = performance.now()
const journal = openJournal(inject('journalPath'))

let rig: Rig
let ask: Requests
let people: People
const tally = { written: 0, byThemselves: 0, denied: 0, forged: 0, mutations: 0, records: 0 }

beforeAll(async () => {
  rig = await startRig()
  ask = requests(rig.user)
  const sets = ['mine', 'hers', 'gone']
  await Promise.all(sets.map((name) => rig.user.createSet(name)))
  await Promise.all(sets.map((name) => rig.user.untilPhase(name, 'Running')))
  people = await startPeople(rig.user.at('').namespace)
})
afterAll(async () => {
  await people.close()
  await rig.close()
  figure(
    'C5',
    started,
    `${tally.denied} mutations without the right and ${tally.forged} forged ones, ${tally.mutations} had an effect`,
    `${tally.byThemselves} of ${tally.written} writes by the person and not the dashboard`,
  )
  figure('C9', started, `${tally.records} deeds, each with its record`)
})

const uidIn = ({ path, body }: Sent) =>
  new URL(path, 'http://d').searchParams.get('uid') ?? textOf(fieldsOf(body).uid)
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const effects = (entries: readonly JournalEntry[]) =>
  entries.filter(({ code, dryRun }) => code < 300 && !dryRun)

const newSet = (name: string, more: object = {}): Sent => ({
  method: 'POST',
  path: '/api/sets',
  body: { metadata: { ...rig.user.at(name), ...more }, spec: { agent: { image: 'ubuntu:24.04' } } },
})

async function edited(name: string): Promise<Sent> {
  const { namespace } = rig.user.at(name)
  const path = `/api/sets/${namespace}/${name}`
  const document = fieldsOf((await rig.read(path)).document)
  const metadata = { ...fieldsOf(document.metadata), labels: { note: CANARY } }
  return { method: 'PUT', path, body: { ...document, metadata } }
}

/** One good request for every operation of the API that changes something, by its name in the OpenAPI document. */
async function mutations(set: string): Promise<Record<string, Sent>> {
  const vm = `${set}-0`
  const { namespace } = rig.user.at(vm)
  const target = await ask.target('pods', vm)
  const VM = 'post /api/vms/{namespace}/{name}'
  const SET = 'post /api/sets/{namespace}/{name}'
  return {
    [`${VM}/hibernate`]: await ask.vm(vm, 'hibernate'),
    [`${VM}/wake`]: await ask.vm(vm, 'wake'),
    [`${VM}/restart`]: await ask.vm(vm, 'restart'),
    [`${VM}/fork`]: await ask.vm(vm, 'fork', { count: 1 }),
    [`${VM}/console`]: await ask.vm(vm, 'console', { kind: 'exec' }),
    [`${VM}/viewers`]: await ask.vm(vm, 'viewers', { viewer: 'nobody', control: 'take' }),
    'delete /api/vms/{namespace}/{name}': await ask.deleteVm(vm),
    [`${SET}/suspend`]: await ask.set(set, 'suspend'),
    [`${SET}/resume`]: await ask.set(set, 'resume'),
    [`${SET}/fork`]: await ask.set(set, 'fork', { count: 1 }),
    [`${SET}/scale`]: await ask.set(set, 'scale', { replicas: 2 }),
    [`${SET}/migrate`]: await ask.set(set, 'migrate', { node: '' }),
    'post /api/sets': newSet('new'),
    'put /api/sets/{namespace}/{name}': await edited(set),
    'delete /api/sets/{namespace}/{name}': await ask.deleteSet(set),
    'delete /api/hibernations/{namespace}/{name}': {
      method: 'DELETE',
      path: `/api/hibernations/${namespace}/${vm}?uid=${target.uid}`,
    },
    'post /api/bulk': {
      method: 'POST',
      path: '/api/bulk',
      body: { action: 'hibernate', targets: [{ namespace, name: vm, uid: target.uid }] },
    },
    'delete /api/bulk': { method: 'DELETE', path: '/api/bulk' },
  }
}

describe('whoever lacks the right', () => {
  it('changes nothing by any operation that the API has', async () => {
    const all = await mutations('hers')
    const { paths } = (await rig.read('/api/openapi.json')) as { paths: Record<string, object> }
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'get' && !path.startsWith('/api/session'))
        .map((method) => `${method} ${path}`),
    )
    expect(Object.keys(all).toSorted()).toEqual(operations.toSorted())
    const taken: string[] = []
    const mark = journal.mark()
    for (const [operation, sent] of Object.entries(all)) {
      const answer = await people.send('vera', sent)
      if (!isRefused(answer)) taken.push(`${operation}: ${answer.status} ${answer.text}`)
      tally.denied += 1
    }
    const entries = await journal.since(mark)
    expect(taken).toEqual([])
    tally.mutations += effects(entries).length
    expect(effects(entries)).toEqual([])
    expect(new Set(entries.map(({ user }) => user))).toEqual(new Set([usernameOf('vera')]))
  })

  it('is told which right, and the refusal is taken down with an Event on the object', async () => {
    const since = people.mark()
    const sent = await ask.set('hers', 'suspend')
    const { status, text } = await people.send('vera', sent)
    expect([status, fieldsOf(JSON.parse(text)).code]).toEqual([403, 'forbidden'])
    const line = await people.lineOf('suspend', uidIn(sent), since)
    expect(line).toMatchObject({
      who: usernameOf('vera'),
      means: 'token',
      result: 'refused',
      code: 'forbidden',
    })
    await expect
      .poll(async () => (await people.toldOf(uidIn(sent))).map(({ reason }) => reason))
      .toContain('SuspendRefused')
  })

  it('learns from the rights of a namespace what the refusals say', async () => {
    const { namespace } = rig.user.at('')
    const may = async (as: Person) =>
      fieldsOf(
        fieldsOf(
          JSON.parse(
            (await people.send(as, { method: 'GET', path: `/api/rights?namespace=${namespace}` })).text,
          ),
        ).may,
      )
    expect(await may('vera')).toMatchObject({
      'patch cocoonsets': false,
      'create pods/exec': false,
      'delete pods': false,
      'get cocoonsets': true,
      'get pods/log': true,
    })
    expect(await may('omar')).toMatchObject({
      'patch cocoonsets': true,
      'create pods/exec': true,
      'delete pods': true,
      'create pods': false,
    })
  })
})

describe('what is forged', () => {
  it('changes nothing, whatever its sender may do elsewhere', async () => {
    const { namespace } = rig.user.at('')
    const { uid } = await ask.target('cocoonsets', 'mine')
    const other = await ask.target('cocoonsets', 'hers')
    const body = (more: object) => ({ uid, ...more })
    const document = (await edited('mine')).body ?? {}
    const put = (metadata: object): Sent => ({
      method: 'PUT',
      path: `/api/sets/${namespace}/mine`,
      body: { ...document, metadata: { ...fieldsOf(fieldsOf(document).metadata), ...metadata } },
    })
    const at = (path: string, more: object = {}): Sent => ({ method: 'POST', path, body: body(more) })
    const forged: Sent[] = [
      at(`/api/sets/kube-system/mine/suspend`),
      at(`/api/sets/default/mine/suspend`),
      at(`/api/sets/${namespace}/hers/suspend`),
      at(`/api/sets/${namespace}/..%2fmine/suspend`),
      at(`/api/sets/${namespace}%2f..%2fdefault/mine/suspend`),
      at(`/api/sets/${namespace}/mine%2fstatus/suspend`),
      at(`/api/sets/${namespace}/mine/suspend`, { uid: other.uid }),
      at(`/api/sets/${namespace}/mine/suspend`, { uid: '' }),
      at(`/api/sets/${namespace}/mine/suspend`, { path: '/metadata/ownerReferences' }),
      at(`/api/sets/${namespace}/mine/scale`, { replicas: 1, patch: [{ op: 'remove', path: '/spec' }] }),
      at(`/api/sets/${namespace}/mine/migrate`, { node: '../../nodes/x' }),
      at(`/api/sets/${namespace}/mine/migrate`, { node: { $ne: '' } }),
      at(`/api/vms/${namespace}/mine-0/hibernate`),
      at(`/api/vms/kube-system/mine-0/restart`),
      put({ ownerReferences: [{ kind: 'CocoonSet', name: 'hers', uid: other.uid }] }),
      put({ finalizers: [] }),
      put({ uid: other.uid }),
      put({ name: 'hers' }),
      put({ namespace: 'kube-system' }),
      newSet('owned', { ownerReferences: [] }),
      newSet('annotated', { namespace: 'kube-system', annotations: { 'vm.cocoonstack.io/ip': '127.0.0.1' } }),
      { ...newSet('status'), body: { ...fieldsOf(newSet('status').body), status: { phase: 'Running' } } },
      { method: 'DELETE', path: `/api/vms/${namespace}/mine-0?uid=${uid}&force=true` },
      { method: 'DELETE', path: `/api/sets/${namespace}/mine?uid=${other.uid}` },
      { method: 'DELETE', path: `/api/sets/${namespace}/mine` },
      {
        method: 'POST',
        path: '/api/bulk',
        body: { action: 'delete-set', targets: [{ namespace: 'kube-system', name: 'mine', uid }] },
      },
    ]
    const taken: string[] = []
    const mark = journal.mark()
    for (const sent of forged) {
      const answer = await people.send('omar', sent)
      if (!isRefused(answer)) taken.push(`${sent.path}: ${answer.status} ${answer.text}`)
      tally.forged += 1
    }
    const entries = await journal.since(mark)
    expect(taken).toEqual([])
    tally.mutations += effects(entries).length
    expect(effects(entries)).toEqual([])
    expect(entries.filter(({ user }) => user !== usernameOf('omar'))).toEqual([])
  })
})

describe('whoever has the right', () => {
  it('acts as themselves, and every deed leaves its record, its Event, and no secret', async () => {
    const { user } = rig
    const who = usernameOf('omar')
    const marked = journal.mark()
    const deed = async (action: string, sent: Sent, reason: string) => {
      const since = people.mark()
      const { status, text } = await people.send('omar', sent)
      expect(status, `${sent.path}: ${text}`).toBeLessThan(300)
      const made = fieldsOf(fieldsOf(JSON.parse(text)).object).uid
      const uid = uidIn(sent) || textOf(fieldsOf(fieldsOf(sent.body).metadata).uid) || textOf(made)
      const line = await people.lineOf(action, uid, since)
      expect(line).toMatchObject({ who, means: 'token', action, result: 'done', code: '' })
      expect(line.requestId).toMatch(/^[\w-]{8,}$/)
      expect(line.from).toMatch(/^(::ffff:)?127\.0\.0\.1$|^::1$/)
      await expect.poll(async () => await people.toldOf(uid)).toContainEqual({ reason, who })
      tally.records += 1
    }
    await deed('scale', await ask.set('mine', 'scale', { replicas: 1 }), 'ScaleRequested')
    await deed('fork', await ask.set('mine', 'fork', { count: 1 }), 'ForkRequested')
    await user.untilPhase('mine', 'Running')
    await deed('edit-set', await edited('gone'), 'EditSetRequested')
    await deed('hibernate', await ask.vm('mine-1', 'hibernate'), 'HibernateRequested')
    await user.untilHibernation('mine-1', 'Hibernated')
    await deed('wake', await ask.vm('mine-1', 'wake'), 'WakeRequested')
    await user.untilHibernation('mine-1', 'Active')
    await deed('remove-hibernation', await ask.removeHibernation('mine-1'), 'RemoveHibernationRequested')
    await deed('restart', await ask.vm('mine-2', 'restart'), 'RestartRequested')
    await deed('suspend', await ask.set('gone', 'suspend'), 'SuspendRequested')
    await deed('resume', await ask.set('gone', 'resume'), 'ResumeRequested')
    await deed('delete-set', await ask.deleteSet('gone'), 'DeleteSetRequested')
    await deed('create-set', newSet('fresh', { annotations: { note: CANARY } }), 'CreateSetRequested')

    const writes = effects(await journal.since(marked))
    tally.written = writes.length
    tally.byThemselves = writes.filter((entry) => entry.user === who).length
    expect(writes.filter((entry) => entry.user !== who)).toEqual([])
    expect(writes).toHaveLength(tally.records)
  })

  it('is not said to have done what was only tried', async () => {
    const since = people.mark()
    const sent = await ask.set('mine', 'suspend')
    const mark = journal.mark()
    expect((await people.send('omar', { ...sent, path: `${sent.path}?dryRun=true` })).status).toBe(200)
    expect(effects(await journal.since(mark))).toEqual([])
    expect(await people.lineOf('suspend', uidIn(sent), since)).toMatchObject({ result: 'tried' })
    expect((await people.toldOf(uidIn(sent))).map(({ reason }) => reason)).not.toContain('SuspendRequested')
  })
})

describe('the audit page', () => {
  it('is made of what the cluster shows whoever asks', async () => {
    const { namespace } = rig.user.at('')
    const read = async (query: string) => {
      const { status, text } = await people.send('vera', { method: 'GET', path: `/api/audit?${query}` })
      return { status, body: fieldsOf(JSON.parse(text)) }
    }
    const all = await read(`namespace=${namespace}`)
    expect(all.status).toBe(200)
    const entries = itemsOf(all.body.entries)
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['hibernate', 'delete-set', 'suspend']),
    )
    expect(new Set(entries.map((entry) => entry.namespace))).toEqual(new Set([namespace]))
    const refused = await read(
      `namespace=${namespace}&result=refused&who=${encodeURIComponent(usernameOf('vera'))}`,
    )
    expect(itemsOf(refused.body.entries).length).toBeGreaterThan(0)
    expect(refused.body.found).toBe(itemsOf(refused.body.entries).length)
    expect(Number(refused.body.read)).toBeGreaterThan(Number(refused.body.found))
    expect(await read('namespace=kube-system')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await read('limit=0')).status).toBe(422)
  })

  it('pages through all of it, each entry once', async () => {
    const { namespace } = rig.user.at('')
    const page = async (after: string) => {
      const query = `namespace=${namespace}&limit=3${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`
      return fieldsOf(
        JSON.parse((await people.send('vera', { method: 'GET', path: `/api/audit?${query}` })).text),
      )
    }
    const ids: unknown[] = []
    let total = 0
    for (let after = ''; ;) {
      const { entries, next, found, read } = await page(after)
      expect(found).toBe(read)
      ids.push(...itemsOf(entries).map(({ id }) => id))
      total = Number(read)
      if (typeof next !== 'string') break
      after = next
    }
    expect(ids).toHaveLength(total)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

it('C9 writes no secret into the log or into Events', async () => {
  const written = await people.written()
  expect(written[0]).toContain('"audit":true')
  const leaks = people.secrets.filter((secret) => written.some((text) => text.includes(secret)))
  expect(leaks).toEqual([])
})
