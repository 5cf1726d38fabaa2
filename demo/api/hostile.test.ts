import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seededRandom } from '../random.ts'
import type { TestServer } from './testing/test-server.ts'
import {
  JSON_PATCH,
  MERGE,
  PODS,
  SETS,
  STRATEGIC,
  newPod,
  newSet,
  startTestServer,
} from './testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.ok('POST', PODS, newPod('p'))
  await server.ok('POST', SETS, newSet('s'))
})
afterAll(() => server.close())

const random = seededRandom(11)
const WORDS = [
  'metadata',
  'spec',
  'status',
  'labels',
  'name',
  'agent',
  'containers',
  '$patch',
  '__proto__',
  'finalizers',
  '',
]

function nonsense(depth: number): unknown {
  const kind = random.int(0, depth > 0 ? 7 : 4)
  if (kind === 0) return null
  if (kind === 1) return random.int(-5, 5)
  if (kind === 2) return random.next() < 0.5
  if (kind <= 4) return random.pick(['', 'delete', 'replace', 'x', 'default', '\u0000'])
  if (kind === 5) return Array.from({ length: random.int(0, 3) }, () => nonsense(depth - 1))
  const entries = Array.from({ length: random.int(0, 4) }, () => [word(), nonsense(depth - 1)])
  return Object.fromEntries(entries) as unknown
}
const word = () => WORDS[random.int(0, WORDS.length - 1)] ?? ''
const around = (value: unknown) => ({ metadata: nonsense(3), spec: value, status: nonsense(2) })

it('answers nonsense with a Status, never with an error of its own', async () => {
  const before = await server.ok('GET', `${SETS}/s`)
  for (let n = 0; n < 400; n++) {
    const body = n % 2 === 0 ? nonsense(4) : around(nonsense(4))
    const dry = '?dryRun=All'
    const replies = [
      await server.send('POST', PODS + dry, body),
      await server.send('POST', SETS + dry, body),
      await server.send('PUT', `${SETS}/s${dry}`, body),
      await server.send('PATCH', `${PODS}/p${dry}`, body, STRATEGIC),
      await server.send('PATCH', `${SETS}/s${dry}`, body, MERGE),
      await server.send('PATCH', `${SETS}/s/status${dry}`, body, MERGE),
      await server.send(
        'PATCH',
        `${PODS}/p${dry}`,
        [{ op: 'add', path: `/${word()}/${word()}`, value: body }],
        JSON_PATCH,
      ),
      await server.send('DELETE', `${PODS}/none`, body),
    ]
    // Strategic patches that cannot be merged are 500 in the original, too, and then without a reason.
    const wrong = replies.filter((reply) => reply.code >= 500 && reply.body.reason !== undefined)
    expect(wrong.map((reply) => [reply.text, JSON.stringify(body)])).toEqual([])
  }
  expect(await server.ok('GET', `${SETS}/s`)).toEqual(before)
})

it.each([
  'GET / HTTP/9.9\r\n\r\n',
  'NONSENSE\r\n\r\n',
  '\u0016\u0003\u0001 not a handshake',
  `GET ${PODS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer admin-token\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
  `POST ${PODS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer admin-token\r\ncontent-length: 50\r\n\r\n{`,
])('survives %j', async (bytes) => {
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => socket.destroy())
  await new Promise((resolve) => socket.write(bytes, resolve))
  socket.end()
  const reply = await server.send('GET', '/version')
  expect(reply.code).toBe(200)
})
