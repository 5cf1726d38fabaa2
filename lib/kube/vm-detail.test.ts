import { afterEach, describe, expect, it } from 'vitest'
import { aVm } from '../fleet/arrange.fixture.ts'
import { aPod } from '../fleet/objects.fixture.ts'
import type { VmDetail } from '../fleet/vm-detail.ts'
import type { FleetService } from './fleet-service.ts'
import { startPlainApi } from './plain-api.fixture.ts'
import type { PlainAnswer } from './plain-api.fixture.ts'
import type { Problem } from '../fleet/writes/answer.ts'
import { noSignIn } from './no-sign-in.ts'
import { vmDetailResponse } from './vm-detail.ts'

const vm = aVm({ name: 'web-0', namespace: 'lab', uid: 'uid-web-0' })
const pod: PlainAnswer = { status: 200, body: aPod({ name: 'web-0' }) }
const noEvents: PlainAnswer = { status: 200, body: { items: [] } }

let close = async () => {}
afterEach(() => close())

/** Asks for a VM of a fleet that has one, of an API server that answers so. */
async function asked(
  answers: { pod?: PlainAnswer; events?: PlainAnswer },
  name = 'web-0',
  namespace = 'lab',
) {
  const api = await startPlainApi((path) =>
    path.endsWith('/events') ? (answers.events ?? noEvents) : (answers.pod ?? pod),
  )
  close = api.close
  const service = {
    transport: api.transport,
    access: noSignIn(api.transport),
    viewOf: () => ({
      vmNamed: (where: string, which: string) => (where === 'lab' && which === 'web-0' ? vm : undefined),
      seesPodsIn: (where: string) => where !== 'hidden',
    }),
  } as object as FleetService
  const response = await vmDetailResponse(service, new Request('http://localhost/'), { namespace, name })
  return { response, seen: api.seen }
}

async function detailOf(answers: Parameters<typeof asked>[0]): Promise<VmDetail> {
  const { response } = await asked(answers)
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
  return (await response.json()) as VmDetail
}

async function problemOf(answers: Parameters<typeof asked>[0], ...path: string[]): Promise<Problem> {
  const { response } = await asked(answers, ...path)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = (await response.json()) as Problem
  expect(problem.status).toBe(response.status)
  return problem
}

describe('the detail of a VM', () => {
  it('is its row, its pod and its events, the latest first', async () => {
    const items = [
      { type: 'Normal', reason: 'Old', lastTimestamp: '2026-01-01T10:00:00Z', source: { component: 'vk' } },
      { type: 'Warning', reason: 'New', message: 'm', count: 3, lastTimestamp: '2026-01-01T11:00:00Z' },
      {
        reason: 'Series',
        lastTimestamp: null,
        eventTime: '2026-01-01T10:30:00.000000Z',
        reportingComponent: 'x',
      },
    ]
    const detail = await detailOf({ events: { status: 200, body: { items } } })
    expect(detail.vm).toEqual(vm)
    expect(detail.conditions.map(({ type, status }) => [type, status])).toEqual([
      ['PodScheduled', 'True'],
      ['Ready', 'True'],
    ])
    expect(detail.annotations['vm.cocoonstack.io/name']).toBe('vk-lab-web-0')
    expect(detail.labels).toMatchObject({ 'cocoonset.cocoonstack.io/name': 'web' })
    expect(detail.events.map(({ reason, count, source }) => [reason, count, source])).toEqual([
      ['New', 3, ''],
      ['Series', 1, 'x'],
      ['Old', 1, 'vk'],
    ])
    expect(detail.problems).toEqual([])
  })

  it('asks for that pod, and for the events of that very uid', async () => {
    const { seen } = await asked({})
    expect(seen.map((path) => decodeURIComponent(path)).sort()).toEqual([
      '/api/v1/namespaces/lab/events?fieldSelector=involvedObject.uid=uid-web-0&limit=200',
      '/api/v1/namespaces/lab/pods/web-0',
    ])
  })

  it.each<[string, PlainAnswer, RegExp]>([
    [
      'forbidden',
      { status: 403, body: { message: 'events is forbidden' } },
      /^Events of lab\/web-0 cannot be read: events is forbidden$/,
    ],
    ['an error without words', { status: 500, body: {} }, /: the API server answered 500$/],
    ['no JSON', { status: 200, body: '<html>' }, /^Events of lab\/web-0 cannot be read: .*JSON/],
    ['cut', 'cut', /^Events of lab\/web-0 cannot be read: the API server closed the connection/],
  ])('is there without its events when they are %s', async (_, events, problem) => {
    const detail = await detailOf({ events })
    expect([detail.vm.uid, detail.events]).toEqual(['uid-web-0', []])
    expect(detail.problems).toEqual([expect.stringMatching(problem)])
  })

  it('survives hostile objects', async () => {
    const body = {
      metadata: {
        uid: 'uid-web-0',
        annotations: JSON.parse('{"__proto__": "x", "a": 7, "b": "ok"}') as object,
      },
      status: { conditions: [{ type: [], lastTransitionTime: 'soon' }, null, 'x'] },
    }
    const items = [null, { count: -1, lastTimestamp: 7, message: {} }]
    const detail = await detailOf({ pod: { status: 200, body }, events: { status: 200, body: { items } } })
    expect(Object.entries(detail.annotations)).toEqual([
      ['__proto__', 'x'],
      ['b', 'ok'],
    ])
    expect(detail.events).toMatchObject([{ count: 1, lastSeen: '', message: '' }])
    expect(detail.problems.length).toBeGreaterThan(3)
  })
})

describe('a VM that somebody may not list', () => {
  it('is as the API server says it is to them, joined with nothing else', async () => {
    const { response } = await asked({}, 'web-0', 'hidden')
    const detail = (await response.json()) as VmDetail
    expect([response.status, detail.vm.name, detail.vm.hibernation]).toEqual([200, 'web-0', null])
  })

  it.each([
    [403, 'pods "web-9" is forbidden: User "mia" cannot get', 'forbidden'],
    [404, 'pods "web-9" not found', 'not-found'],
  ])('is refused in the words of the API server: %i', async (code, message, word) => {
    const refused = { status: code, body: { kind: 'Status', code, message } }
    const { response, seen } = await asked({ pod: refused }, 'web-9', 'hidden')
    expect(await response.json()).toMatchObject({ status: code, code: word })
    expect(seen).toEqual(['/api/v1/namespaces/hidden/pods/web-9'])
  })

  it('is none when its pod is none of Cocoon', async () => {
    const nginx = { status: 200, body: { metadata: { name: 'nginx' }, spec: {} } }
    expect((await asked({ pod: nginx }, 'nginx', 'hidden')).response.status).toBe(404)
  })
})

describe('a VM that cannot be shown', () => {
  it.each([
    ['web-1', 'lab'],
    ['web-0', 'other'],
    ['../../secrets', 'lab'],
    ['web-0', '..'],
    ['web-0/log', 'lab'],
    ['WEB-0', 'lab'],
    ['web-0?x=1', 'lab'],
    ['', ''],
    ['a'.repeat(300), 'lab'],
  ])('is unknown: %j in %j, and no API server is asked', async (name, namespace) => {
    const { response, seen } = await asked({}, name, namespace)
    expect([response.status, seen]).toEqual([404, []])
    expect(await response.json()).toMatchObject({ title: 'No such VM' })
  })

  it.each<[string, PlainAnswer, number, string]>([
    [
      'forbidden',
      { status: 403, body: { message: 'pods "web-0" is forbidden' } },
      403,
      'pods "web-0" is forbidden',
    ],
    ['gone in between', { status: 404, body: { message: 'pods "web-0" not found' } }, 404, 'not found'],
    ['refused without words', { status: 503, body: {} }, 503, 'the API server answered 503'],
    [
      'recreated in between',
      { status: 200, body: aPod({ name: 'web-0', uid: 'another' }) },
      409,
      'another one bears its name',
    ],
    ['cut', 'cut', 502, 'try again in a moment'],
    ['no JSON', { status: 200, body: 'oops' }, 502, 'try again in a moment'],
  ])('is %s', async (_, answer, status, words) => {
    const problem = await problemOf({ pod: answer })
    expect(problem.status).toBe(status)
    expect(problem.detail).toContain(words)
    expect(problem.title).toContain('lab/web-0')
  })
})
