import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  startTestKubelet,
  stubGuest,
  vmPod,
  type TestKubelet,
} from '../kubelet/server/testing/test-kubelet.ts'
import { kubeconfigText } from '../kubeconfig.ts'
import { podsAndNodes } from './testing/kubelet-node.ts'
import { startTestServer, TOKEN, type TestServer } from './testing/test-server.ts'

const present = spawnSync('kubectl', ['version', '--client']).status === 0
if (!present) console.warn('kubectl is not installed: the tests that drive it are skipped')

let server: TestServer
let kubelet: TestKubelet
let folder: string
const guest = stubGuest(undefined, ['one', 'two', 'three'])

beforeAll(async () => {
  server = await startTestServer()
  kubelet = await startTestKubelet(server.kubeletClientAuthority)
  kubelet.add(vmPod('web-0'), guest)
  kubelet.add(vmPod('asleep'))
  await podsAndNodes(server, kubelet.port, ['web-0', 'asleep'])
  folder = mkdtempSync(join(tmpdir(), 'cocoon-exec-'))
  const { secureUrl, certificate } = server
  const config = { server: secureUrl, certificate, token: TOKEN, namespace: 'default' }
  writeFileSync(join(folder, 'config'), kubeconfigText(config))
})
afterAll(async () => {
  await server.close()
  await kubelet.close()
  rmSync(folder, { recursive: true })
})

type Transport = 'WebSocket' | 'SPDY'

function start(args: string[], transport: Transport = 'WebSocket') {
  const env = {
    ...process.env,
    HOME: folder,
    KUBECONFIG: join(folder, 'config'),
    KUBECTL_REMOTE_COMMAND_WEBSOCKETS: String(transport === 'WebSocket'),
    KUBECTL_PORT_FORWARD_WEBSOCKETS: String(transport === 'WebSocket'),
  }
  const child = spawn('kubectl', args, { env })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => void out.push(part))
  child.stderr.on('data', (part: Buffer) => void err.push(part))
  const done = new Promise<{ code: number | null; stdout: Buffer; stderr: string }>((resolve) => {
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() }),
    )
  })
  return { child, done, stderr: () => Buffer.concat(err).toString(), stdout: () => Buffer.concat(out) }
}

async function kubectl(args: string[], transport?: Transport, input?: Uint8Array) {
  const { child, done } = start(args, transport)
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const { code, stdout, stderr } = await done
  return { code, stdout: stdout.toString(), stderr, sum: createHash('sha256').update(stdout).digest('hex') }
}
const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe.skipIf(!present).each<Transport>(['WebSocket', 'SPDY'])(
  'kubectl over %s',
  { timeout: 60_000 },
  (transport) => {
    const run = (...args: string[]) => kubectl(['exec', 'web-0', '--', ...args], transport)

    it('runs commands, and ends as they do', async () => {
      expect(await run('echo', 'a  b')).toMatchObject({ code: 0, stdout: 'a  b\n', stderr: '' })
      const failed = await run('exit', '42')
      expect(failed).toMatchObject({ code: 42, stderr: 'command terminated with exit code 42\n' })
      expect((await run('warn', 'careful')).stderr).toBe('careful\n')
    })

    it('sends what it is given, and learns when there is no more', async () => {
      const hello = await kubectl(['exec', '-i', 'web-0', '--', 'cat'], transport, Buffer.from('hi\n'))
      expect(hello).toMatchObject({ code: 0, stdout: 'hi\n' })
      const bytes = Buffer.alloc(3_000_001, 'cocoon')
      const echoed = await kubectl(['exec', '-i', 'web-0', '--', 'cat'], transport, bytes)
      expect(echoed.sum).toBe(sumOf(bytes))
    })

    it('receives ten megabytes, byte by byte', async () => {
      const { code, sum } = await run('bytes', '10000000')
      expect(code).toBe(0)
      expect(sum).toBe(sumOf(Uint8Array.from({ length: 10_000_000 }, (_, index) => index % 251)))
    })

    it('says why nothing runs', async () => {
      const asleep = await kubectl(['exec', 'asleep', '--', 'true'], transport)
      const why = 'error executing command in container: pod default/asleep has no live VM'
      // An API server that translates WebSockets for kubelets says it once more.
      const prefix = 'Internal error occurred: '.repeat(transport === 'WebSocket' ? 2 : 1)
      expect(asleep).toMatchObject({ code: 1, stderr: `error: ${prefix}${why}\n` })
      const attached = await kubectl(['attach', 'web-0'], transport)
      expect(attached.stderr).toContain('vk-cocoon: AttachToContainer is not implemented')
    })

    it('takes its command along when it is killed', async () => {
      const { child, done, stdout } = start(['exec', 'web-0', '--', 'hang'], transport)
      await vi.waitFor(() => expect(stdout().toString()).toBe('hanging\n'), { timeout: 10_000 })
      const before = guest.ended.length
      child.kill('SIGKILL')
      await done
      await vi.waitFor(() => expect(guest.ended.slice(before)).toEqual(['hung up']), { timeout: 10_000 })
    })

    it('forwards ports to nothing', async () => {
      const { child, done, stdout, stderr } = start(['port-forward', 'pod/web-0', ':80'], transport)
      await vi.waitFor(() => expect(stdout().toString()).toContain('Forwarding from 127.0.0.1'), {
        timeout: 10_000,
      })
      const port = /127\.0\.0\.1:(\d+)/.exec(stdout().toString())?.[1]
      await fetch(`http://127.0.0.1:${port}`).catch(() => {})
      await vi.waitFor(() => expect(stderr()).toContain('error forwarding port 80 to pod web-0'), {
        timeout: 10_000,
      })
      expect(stderr()).toContain('vk-cocoon: PortForward is not implemented')
      child.kill()
      await done
    })
  },
)

describe.skipIf(!present)('kubectl', { timeout: 60_000 }, () => {
  it('reads logs', async () => {
    expect(await kubectl(['logs', 'web-0'])).toMatchObject({ code: 0, stdout: 'one\ntwo\nthree\n' })
    expect((await kubectl(['logs', 'web-0', '--tail=2'])).stdout).toBe('two\nthree\n')
    // Follow is ignored by every vk-cocoon: the stream ends.
    expect((await kubectl(['logs', '-f', 'web-0', '--tail=1'])).stdout).toBe('three\n')
    expect((await kubectl(['logs', 'asleep'])).stdout).toBe('vk-cocoon: pod has no live VM\n')
  })

  it('is told of containers that are not there', async () => {
    const refused = 'error: container nope is not valid for pod web-0\n'
    expect((await kubectl(['logs', 'web-0', '-c', 'nope'])).stderr).toBe(refused)
    const exec = await kubectl(['exec', 'web-0', '-c', 'nope', '--', 'true'])
    expect(exec).toMatchObject({ code: 1 })
    expect(exec.stderr).toContain('container nope')
  })
})
