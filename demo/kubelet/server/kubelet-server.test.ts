import { once } from 'node:events'
import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { execClient } from './testing/exec-client.ts'
import { startTestKubelet, stubGuest, vmPod, type TestKubelet } from './testing/test-kubelet.ts'

const V4 = 'v4.channel.k8s.io'
const V5 = 'v5.channel.k8s.io'
let kubelet: TestKubelet
const guest = stubGuest()

beforeAll(async () => {
  kubelet = await startTestKubelet()
  kubelet.add(vmPod('web-0'), guest)
  kubelet.add(vmPod('asleep'))
  kubelet.add(vmPod('old'), guest, 'old')
  kubelet.add(vmPod('agentless', { image: 'registry.local/no-agent:1' }), guest)
  kubelet.add(vmPod('win-old', { os: 'windows' }), guest, 'old')
  kubelet.add(vmPod('win-mid', { os: 'Windows' }), guest, 'mid')
  kubelet.add(vmPod('win-new', { os: 'windows' }), stubGuest(undefined, ['console']))
})
afterAll(() => kubelet.close())

const tls = () => ({ ...kubelet.client, rejectUnauthorized: false })

async function get(path: string, options: object = tls(), method = 'GET') {
  const sent = request(`https://localhost:${kubelet.port}${path}`, { method, agent: false, ...options }).end()
  const [response] = await once(sent, 'response')
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return { code: response.statusCode as number, text }
}
const exec = (pod: string, command: string[], streams = 'output=1&error=1', protocols = [V5, V4]) => {
  const query = command.map((word) => `command=${encodeURIComponent(word)}`).join('&')
  const path = `/exec/default/${pod}/agent?${query}&${streams}`
  return execClient(`wss://localhost:${kubelet.port}${path}`, protocols, tls())
}

describe('the kubelet server', () => {
  it('knows its callers by their certificate', async () => {
    expect(await get('/healthz')).toEqual({ code: 200, text: 'ok' })
    expect(await get('/healthz', { rejectUnauthorized: false })).toEqual({
      code: 401,
      text: 'Unauthorized\n',
    })
    const stranger = await startTestKubelet()
    const { code } = await get('/pods', { ...stranger.client, rejectUnauthorized: false })
    expect(code).toBe(401)
    await stranger.close()
  })

  it.each([
    ['/nowhere', 'GET', 404, '404 page not found\n'],
    ['/exec/default/web-0', 'GET', 404, '404 page not found\n'],
    ['/pods', 'DELETE', 405, '405: Method Not Allowed\n'],
    ['/containerLogs/default/gone/agent', 'GET', 404, 'pod "gone" does not exist\n'],
    ['/exec/default/gone/agent?command=true&output=1', 'POST', 404, 'pod "gone" does not exist\n'],
    [
      '/exec/default/web-0/agent?command=true',
      'POST',
      400,
      'you must specify at least one of stdin, stdout, stderr\n',
    ],
    ['/exec/default/web-0/agent?command=true&error=1&tty=1', 'GET', 400, 'cannot exec with tty and stderr\n'],
  ])('answers %s (%s) with %i', async (path, method, code, text) => {
    expect(await get(path, tls(), method)).toEqual({ code, text })
  })

  it('tells of its pods and what they use', async () => {
    const pods = JSON.parse((await get('/pods')).text) as { items: { metadata: { name: string } }[] }
    expect(pods.items.map((pod) => pod.metadata.name)).toContain('web-0')
    const { pods: stats } = JSON.parse((await get('/stats/summary')).text) as {
      pods: { podRef: object; cpu: { usageNanoCores: number }; containers: object[] }[]
    }
    expect(stats[0]?.podRef).toEqual({ name: 'web-0', namespace: 'default', uid: 'uid-web-0' })
    expect(stats[0]?.cpu.usageNanoCores).toBeGreaterThan(0)
    expect(stats[0]?.containers).toHaveLength(1)
  })

  it.each([
    ['web-0', 'tailLines=2', 'b\nc\n'],
    ['web-0', 'tailLines=0&follow=true&timestamps=true', 'a\nb\nc\n'],
    ['asleep', '', 'vk-cocoon: pod has no live VM\n'],
    ['old', 'tailLines=5', 'journalctl --no-pager -n 5\n'],
    ['old', '', 'journalctl --no-pager -n 200\n'],
    [
      'win-old',
      '',
      'vk-cocoon: kubectl logs is not supported on Windows guests; connect via RDP to 10.0.0.9\n',
    ],
    [
      'win-mid',
      '',
      'vk-cocoon: kubectl logs is not supported on Windows guests; connect via RDP to 10.0.0.9\n',
    ],
    ['win-new', '', 'console\n'],
  ])('reads the log of %s with %s', async (pod, query, text) => {
    kubelet.add(vmPod('web-0'), { ...guest, log: () => ['a', 'b', 'c'] })
    expect(await get(`/containerLogs/default/${pod}/agent?${query}`)).toEqual({ code: 200, text })
  })
})

const SUCCESS = { metadata: {}, status: 'Success' }
const internal = (message: string, cause: string) => ({
  metadata: {},
  status: 'Failure',
  message,
  reason: 'InternalError',
  details: { causes: [{ message: cause }] },
  code: 500,
})
const TWICE = 'Internal error occurred: Internal error occurred: '
const CRASHED = 'error executing command in container: the agent is gone'
const STATUS_3 = 'error executing command in container: Process exited with status 3'
const NO_AGENT = 'error executing command in container: guest agent: dial vsock: connection reset by peer'
const NO_WINDOWS =
  'vk-cocoon: kubectl exec is not supported on Windows guests. Connect via RDP to 10.0.0.9.\n'
const NO_VM = 'error executing command in container: pod default/asleep has no live VM'

describe('exec over WebSocket channels', () => {
  it.each([[[V4]], [[V5]], [['channel.k8s.io', V5, V4]]])('speaks %j', async (protocols) => {
    const client = exec('web-0', ['echo', 'a b'], undefined, protocols)
    const { stdout, status, code, first } = await client.done
    expect(stdout.toString()).toBe('a b\n')
    expect(status).toEqual(SUCCESS)
    expect([code, first]).toEqual([1000, '01'])
    expect(client.socket.protocol).toBe(protocols.find((one) => one.startsWith('v')))
  })

  it('refuses what it does not speak', async () => {
    await expect(exec('web-0', ['true'], undefined, ['v9.channel.k8s.io']).done).rejects.toThrow('403')
  })

  it('carries exit codes and stderr', async () => {
    const failed = await exec('web-0', ['exit', '7']).done
    expect(failed.status).toEqual({
      metadata: {},
      status: 'Failure',
      message: 'command terminated with non-zero exit code: command terminated with exit code 7',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '7' }] },
    })
    expect((await exec('web-0', ['warn', 'careful']).done).stderr).toBe('careful\n')
    expect((await exec('web-0', ['warn', 'unheard'], 'output=1').done).stderr).toBe('')
  })

  it.each<[string, string[], string, unknown, string]>([
    ['asleep', ['true'], V4, internal(`Internal error occurred: ${NO_VM}`, NO_VM), ''],
    ['asleep', ['true'], V5, internal(`${TWICE}${NO_VM}`, `Internal error occurred: ${NO_VM}`), ''],
    ['web-0', ['crash'], V4, internal(`Internal error occurred: ${CRASHED}`, CRASHED), ''],
    ['old', ['a', 'b c'], V4, internal(`Internal error occurred: ${STATUS_3}`, STATUS_3), "sh: a 'b c'\n"],
    ['agentless', ['echo'], V4, internal(`Internal error occurred: ${NO_AGENT}`, NO_AGENT), ''],
    ['win-old', ['cmd'], V4, SUCCESS, NO_WINDOWS],
    ['win-mid', ['cmd'], V5, SUCCESS, NO_WINDOWS],
    ['win-new', ['echo', 'yes'], V5, SUCCESS, 'yes\n'],
  ])('ends in %s of %j by %s as its generation does', async (pod, command, protocol, status, stdout) => {
    const done = await exec(pod, command, undefined, [protocol]).done
    expect(done.status).toEqual(status)
    expect(done.stdout.toString()).toBe(stdout)
  })

  it('ends stdin on its own with v5, and answers what was still to say', async () => {
    const client = exec('web-0', ['wc'], 'input=1&output=1', [V5])
    await once(client.socket, 'open')
    client.send('x'.repeat(300_000))
    client.send('y'.repeat(300_000))
    client.endInput()
    expect((await client.done).stdout.toString()).toBe('600000\n')
  })

  it('has no terminal: resize is ignored and nothing is echoed', async () => {
    const client = exec('web-0', ['cat'], 'input=1&output=1&tty=1', [V5])
    await once(client.socket, 'open')
    client.socket.send(Buffer.concat([Buffer.from([4]), Buffer.from('{"Width":80,"Height":24}')]))
    client.send('once\n')
    client.endInput()
    expect((await client.done).stdout.toString()).toBe('once\n')
  })

  it('hangs up on the guest when its client is gone', async () => {
    const client = exec('web-0', ['hang'])
    await client.saw('hanging')
    client.socket.terminate()
    await client.done
    await vi.waitFor(() => expect(guest.ended.at(-1)).toBe('hung up'))
  })

  it('attaches to nothing', async () => {
    const url = `wss://localhost:${kubelet.port}/attach/default/web-0/agent?output=1`
    const { status } = await execClient(url, [V4], tls()).done
    const cause = 'error attaching to container: vk-cocoon: AttachToContainer is not implemented'
    expect(status).toEqual(internal(`Internal error occurred: ${cause}`, cause))
  })
})
