import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PODS, type TestServer } from './testing/test-server.ts'
import { startProxiedPods, type ProxiedPods } from './testing/proxied-pods.ts'

let pods: ProxiedPods
let server: TestServer
let closed: number
beforeAll(async () => {
  pods = await startProxiedPods()
  ;({ server, closed } = pods)
})
afterAll(() => pods.close())

const message = (text: string) => (JSON.parse(text) as { message: string }).message

describe('logs', () => {
  it('are relayed as plain text', async () => {
    const reply = await server.send('GET', `${PODS}/web-0/log?tailLines=1`)
    expect([reply.code, reply.headers.get('content-type'), reply.text]).toEqual([200, 'text/plain', 'two\n'])
  })

  it('are empty for a pod without a node', async () => {
    const reply = await server.send('GET', `${PODS}/unassigned/log`)
    expect([reply.code, reply.text]).toEqual([204, ''])
  })

  it.each([
    ['gone', '', 404, 'pods "gone" not found'],
    ['lost', '', 404, 'pods "no-such-node" not found'],
    ['hidden', '', 500, 'no preferred addresses found; known addresses: [{Hostname 127.0.0.1}]'],
    ['web-0', 'container=nope', 400, 'container nope is not valid for pod web-0'],
    ['pair', '', 400, 'a container name must be specified for pod pair, choose one of: [left right]'],
    ['web-0', 'tailLines=many', 400, 'strconv.ParseInt: parsing "many": invalid syntax'],
    [
      'web-0',
      'sinceSeconds=99999999999999999999',
      400,
      'strconv.ParseInt: parsing "99999999999999999999": value out of range',
    ],
    [
      'web-0',
      'sinceTime=noon',
      400,
      'parsing time "noon" as "2006-01-02T15:04:05Z07:00": cannot parse "noon" as "2006"',
    ],
    [
      'gone',
      'tailLines=-1',
      422,
      'PodLogOptions "gone" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'web-0',
      'limitBytes=0',
      422,
      'PodLogOptions "web-0" is invalid: limitBytes: Invalid value: 0: must be greater than 0',
    ],
    [
      'web-0',
      'sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z',
      422,
      'PodLogOptions "web-0" is invalid: []: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    ],
    [
      'web-0',
      'stream=Stdout',
      422,
      'PodLogOptions "web-0" is invalid: stream: Forbidden: may not be specified',
    ],
    ['unknown-there', '', 404, 'the server could not find the requested resource ( pods/log unknown-there)'],
    ['busy', '', 503, 'the server is currently unable to handle the request ( pods/log busy)'],
  ])('of %s with %s answer %i', async (pod, query, code, text) => {
    const reply = await server.send('GET', `${PODS}/${pod}/log?${query}`)
    expect([reply.code, message(reply.text)]).toEqual([code, text])
  })

  it('say where nobody listens, and follow nobody elsewhere', async () => {
    const get = async (pod: string) =>
      message((await server.send('GET', `${PODS}/${pod}/log?follow=true&tailLines=3`)).text)
    const url = `/agent?follow=true&tailLines=3"`
    expect(await get('unreachable')).toBe(
      `Get "https://127.0.0.1:${closed}/containerLogs/default/unreachable${url}: dial tcp 127.0.0.1:${closed}: connect: connection refused`,
    )
    expect(await get('redirects')).toBe('Get "https://elsewhere.invalid/": redirects forbidden')
  })
})
