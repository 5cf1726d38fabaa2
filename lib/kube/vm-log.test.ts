import { afterEach, describe, expect, it } from 'vitest'
import { aVm } from '../fleet/arrange.fixture.ts'
import type { VmLog } from '../fleet/log/vm-log.ts'
import type { Vm } from '../fleet/vm.ts'
import type { Problem } from '../fleet/writes/answer.ts'
import type { FleetService } from './fleet-service.ts'
import { noSignIn } from './no-sign-in.ts'
import type { View } from './views.ts'
import { startPlainApi } from './plain-api.fixture.ts'
import type { PlainAnswer } from './plain-api.fixture.ts'
import { vmLogResponse } from './vm-log.ts'

const ready = aVm({ name: 'web-0', namespace: 'lab', uid: 'uid-web-0', phase: 'ready', vmID: 'vm-1' })

let close = async () => {}
afterEach(() => close())

async function asked(answer: PlainAnswer, query = '', vm: Vm | undefined = ready, name = 'web-0') {
  const api = await startPlainApi(() => answer)
  close = api.close
  const service = {
    transport: api.transport,
    access: noSignIn(api.transport),
    viewOf: () =>
      ({ vmNamed: () => vm, seesPodsIn: () => true, nodeNamed: () => undefined }) as Partial<View>,
  } as object as FleetService
  const request = new Request(`http://localhost/api/vms/lab/${name}/logs${query}`)
  const response = await vmLogResponse(service, request, { namespace: 'lab', name })
  return { response, seen: api.seen }
}

async function logOf(...question: Parameters<typeof asked>): Promise<VmLog> {
  const { response } = await asked(...question)
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
  return (await response.json()) as VmLog
}

async function problemOf(...question: Parameters<typeof asked>): Promise<Problem> {
  const { response } = await asked(...question)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return (await response.json()) as Problem
}

describe('the log of a VM', () => {
  it('is the end that was asked for, and says what it is', async () => {
    const log = await logOf({ status: 200, body: 'a\nb\n' }, '?tail=1000')
    expect(log).toMatchObject({ uid: 'uid-web-0', tail: 1_000, text: 'a\nb\n', cut: false })
    expect(log.source).toMatch(/[Ll]og|[Jj]ournal/)
  })

  it('asks for nothing that no node agent knows', async () => {
    const { seen } = await asked({ status: 200, body: '' })
    expect(seen).toEqual(['/api/v1/namespaces/lab/pods/web-0/log?tailLines=200'])
  })

  it('is cut at its beginning, at a line, when it is too long', async () => {
    const line = `${'x'.repeat(99_999)}\n`
    const log = await logOf({ status: 200, body: `first\n${line.repeat(60)}last\n` })
    expect(log.cut).toBe(true)
    expect(log.text.length).toBeLessThanOrEqual(4 * 1024 * 1024 + 65_536)
    expect(log.text).toMatch(/^x{99999}\n/)
    expect(log.text).toMatch(/\nlast\n$/)
  })

  it.each<[why: string, query: string, field: string]>([
    ['no number', '?tail=all', 'tail'],
    ['too many', '?tail=10001', 'tail'],
    ['none', '?tail=0', 'tail'],
    ['what it does not know', '?follow=true', 'follow'],
  ])('refuses %s', async (_why, query, field) => {
    expect(await problemOf({ status: 200, body: '' }, query)).toMatchObject({ status: 422, field })
  })

  it('refuses a name that is none before it asks', async () => {
    const { response, seen } = await asked({ status: 200, body: '' }, '', ready, '..')
    expect([response.status, seen]).toEqual([422, []])
  })

  it('says why there is none of a VM that does not run', async () => {
    const vm = aVm({ ...ready, phase: 'hibernated', vmID: '' })
    expect(await problemOf({ status: 200, body: '' }, '', vm)).toMatchObject({
      status: 409,
      code: 'not-possible',
      detail: 'web-0 is hibernated and has no running VM: wake it first.',
    })
  })

  it('says which right is missing', async () => {
    const body = { kind: 'Status', status: 'Failure', code: 403, reason: 'Forbidden', message: 'no pods/log' }
    const problem = await problemOf({ status: 403, body })
    expect(problem).toMatchObject({
      status: 403,
      code: 'forbidden',
      title: 'The log of lab/web-0 cannot be read',
    })
    expect(problem.detail).toContain('no pods/log')
  })

  it('takes no page of a proxy for a log', async () => {
    const page = { status: 200, body: '<html>', type: 'text/html' }
    expect(await problemOf(page)).toMatchObject({ status: 503, code: 'unavailable' })
  })
})
