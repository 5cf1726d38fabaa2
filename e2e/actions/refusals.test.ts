import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { fieldsOf } from '../../lib/fleet/reader.ts'
import { connectTo } from '../../demo/testing/fleet-user.ts'
import { startDashboard } from '../../scripts/dashboard.ts'
import type { RunningDashboard } from '../../scripts/dashboard.ts'
import { figure } from '../promises/figure.ts'
import { requests } from './support/requests.ts'
import type { Requests } from './support/requests.ts'
import { startRig } from './support/rig.ts'
import type { Rig, Sent } from './support/rig.ts'

const started = performance.now()
let rig: Rig
let ask: Requests
let refused = 0

beforeAll(async () => {
  rig = await startRig()
  ask = requests(rig.user)
  await Promise.all(['web', 'twice', 'late', 'asked'].map((set) => rig.user.createSet(set)))
  await Promise.all(['web', 'twice', 'late', 'asked'].map((set) => rig.user.untilPhase(set, 'Running')))
})
afterAll(async () => {
  await rig.close()
  figure('refusals', started, `${refused} refused by the cluster, each told as what it is`)
})

async function refuses(sent: Sent, by: Rig = rig) {
  const problem = await by.refused(sent)
  refused += 1
  return problem
}

function create(name: string, spec: object): Sent {
  const { namespace } = rig.user.at(name)
  return { method: 'POST', path: '/api/sets', body: { metadata: { namespace, name }, spec } }
}

async function edited(name: string, change: object): Promise<Sent> {
  const { namespace } = rig.user.at(name)
  const path = `/api/sets/${namespace}/${name}`
  const document = fieldsOf((await rig.read(path)).document)
  return { method: 'PUT', path, body: { ...document, spec: { ...fieldsOf(document.spec), ...change } } }
}

const IMAGE = 'ubuntu:24.04'

describe('admission', () => {
  it('tells which field of a set it does not admit', async () => {
    const agent = { image: IMAGE, mode: 'clone', backend: 'firecracker' }
    expect(await refuses(create('cracked', { agent }))).toMatchObject({
      status: 403,
      code: 'admission-denied',
      reason: 'Forbidden',
      field: expect.stringMatching(/^spec\.agent/),
      detail: expect.stringContaining('cocoonsets.validate.cocoonstack.io'),
    })
  })

  it('does not admit a pod of no set where the webhook looks', async () => {
    expect(await refuses(await ask.vm('web-0', 'fork', { pod: { name: 'spare' } }))).toMatchObject({
      status: 403,
      code: 'admission-denied',
      detail: expect.stringMatching(/^This cluster does not admit a pod of no set .*fork web-0 into a set/),
    })
  })
})

describe('the schema', () => {
  it.each<[string, object, string]>([
    ['a word that is none', { agent: { image: IMAGE, os: 'beos' } }, 'spec.agent.os'],
    ['a field that is none', { agent: { image: IMAGE, speed: 9 } }, 'spec.agent.speed'],
    ['no image', { agent: {} }, 'spec.agent.image'],
    ['a rule that is broken', { hibernatePolicy: 'release', agent: { image: IMAGE, replicas: 1 } }, 'spec'],
  ])('refuses %s', async (_, spec, field) => {
    const problem = await refuses(create('wrong', spec))
    expect(problem).toMatchObject({ status: 422, code: 'invalid', field })
    expect(problem.causes?.length).toBeGreaterThan(0)
  })
})

describe('an object', () => {
  it('that is there already is not created', async () => {
    expect(await refuses(create('web', { agent: { image: IMAGE } }))).toMatchObject({
      status: 409,
      code: 'already-exists',
      reason: 'AlreadyExists',
    })
  })

  it('that somebody changed since is not replaced, and that one is named', async () => {
    const stale = await edited('twice', { nodePool: 'mine' })
    await rig.user.edit('twice', { nodePool: 'theirs' })
    expect(await refuses(stale)).toMatchObject({
      status: 409,
      code: 'conflict',
      conflict: { who: 'test', what: expect.stringContaining('wrote spec of CocoonSet') as unknown },
    })
  })

  it('that is not there is not found', async () => {
    const { namespace } = rig.user.at('none')
    const place = `${namespace}/none`
    for (const path of [`/api/vms/${place}/hibernate`, `/api/sets/${place}/suspend`]) {
      const problem = await refuses({ method: 'POST', path, body: { uid: 'x' } })
      expect(problem).toMatchObject({ status: 404, code: 'not-found' })
    }
  })

  it('that bears the name of another one is left alone', async () => {
    const { user } = rig
    const sent = await ask.vm('late-0', 'restart')
    const old = await user.client.get('pods', user.at('late-0'))
    await user.client.remove('pods', old)
    await user.until('pods', user.at('late-0'), ({ metadata }) => metadata?.uid !== old.metadata?.uid)
    expect(await refuses(sent)).toMatchObject({ status: 409, code: 'recreated' })
  })

  it('that was deleted through this dashboard is told so', async () => {
    const sent = await ask.deleteSet('late')
    await rig.act(sent)
    await rig.user.untilGone('cocoonsets', rig.user.at('late'))
    expect(await refuses(sent)).toMatchObject({
      status: 409,
      code: 'deleted',
      conflict: { who: 'cocoon-dashboard', what: expect.stringContaining('deleted CocoonSet') as unknown },
    })
  })
})

describe('an account that may only look', () => {
  let dashboard: RunningDashboard
  let looking: Rig
  beforeAll(async () => {
    dashboard = await startDashboard({
      CLUSTER: 'kube',
      KUBECONFIG: inject('lookingKubeconfig'),
      RATE_LIMIT: '0',
    })
    looking = await startRig(dashboard.url)
  })
  afterAll(async () => {
    await looking.close()
    await dashboard.stop()
  })

  it('is forbidden every write', async () => {
    await rig.user.desire('asked-0', 'Wake')
    await rig.user.untilHibernation('asked-0', 'Active')
    const all = [
      await ask.vm('web-0', 'hibernate'),
      await ask.vm('web-0', 'restart'),
      await ask.vm('web-0', 'fork', { count: 1 }),
      await ask.vm('web-0', 'fork', { pod: { name: 'spare' } }),
      await ask.set('web', 'suspend'),
      await ask.set('web', 'fork', { count: 1 }),
      await ask.set('web', 'scale', { replicas: 2 }),
      await edited('web', { nodePool: 'other' }),
      create('mine', { agent: { image: IMAGE } }),
      await ask.deleteSet('web'),
      await ask.removeHibernation('asked-0'),
    ]
    for (const sent of all) {
      expect(await refuses(sent, looking)).toMatchObject({
        status: 403,
        code: 'forbidden',
        reason: 'Forbidden',
        detail: expect.stringMatching(/dashboard-looking.* cannot .*can grant it\.$/),
      })
    }
  })
})

/** The embedded cluster counts nothing. */
it.runIf(process.env.E2E_CLUSTER === 'original')('a quota is kept to, and told', async () => {
  const connection = connectTo(process.env.E2E_KUBECONFIG ?? '')
  const { namespace } = rig.user.at('')
  const path = `/api/v1/namespaces/${namespace}/resourcequotas`
  const hard = { 'count/cocoonsets.cocoonset.cocoonstack.io': '3' }
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few' }, spec: { hard } }
  await connection.send('POST', path, quota)
  // Nobody counts here: the controller of quotas would have written this.
  await connection.send(
    'PATCH',
    `${path}/few/status`,
    { status: { hard, used: hard } },
    'application/merge-patch+json',
  )
  expect(await refuses(create('more', { agent: { image: IMAGE } }))).toMatchObject({
    status: 403,
    code: 'forbidden',
    detail: expect.stringContaining('exceeded quota: few'),
  })
  connection.close()
})
