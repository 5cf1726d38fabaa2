import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { hibernation, idlePod } from './support/manifests.ts'
import { newNode } from './support/new-node.ts'
import { cells } from './support/table.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('guest')
beforeAll(async () => {
  await here.create(
    JSON.stringify({
      apiVersion: 'cocoonset.cocoonstack.io/v1',
      kind: 'CocoonSet',
      metadata: { name: 'vm' },
      spec: { ...(await newNode()), agent: { image: 'ubuntu:24.04', mode: 'run', replicas: 1 } },
    }),
  )
  await here.create(idlePod('unplaced'))
  await here.ok('wait cocoonset/vm --for=jsonpath={.status.phase}=Running --timeout=50s')
  await here.create(hibernation('vm-1', 'Hibernate'))
  await here.ok('wait ch/vm-1 --for=jsonpath={.status.phase}=Hibernated --timeout=50s')
})

const BOTH: readonly ['true' | 'false', string][] = [
  ['true', 'WebSockets'],
  ['false', 'SPDY'],
]

describe.for(BOTH)('kubectl exec (KUBECTL_REMOTE_COMMAND_WEBSOCKETS=%s, %s)', ([websockets]) => {
  const env = { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: websockets }
  const sh = (script: string) => ['exec', 'vm-0', '--', 'sh', '-c', script]

  it.for<[script: string, code: number, stdout: string, stderr: RegExp]>([
    ['echo hi', 0, 'hi\n', /^$/],
    ['echo out; echo err >&2', 0, 'out\n', /^err\n$/],
    ['exit 3', 3, '', /^command terminated with exit code 3\n$/],
    ['echo half; false', 1, 'half\n', /^command terminated with exit code 1\n$/],
    ['nosuchprogram', 127, '', /not found\n(.*\n)*command terminated with exit code 127\n$/],
  ])('%s', async ([script, code, stdout, stderr]) => {
    const outcome = await here.kubectl(sh(script), { env })
    expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code, stdout })
    expect(outcome.stderr.replace('Defaulted container "agent" out of: agent\n', '')).toMatch(stderr)
  })

  it('takes input', async () => {
    const { code, stdout } = await here.kubectl('exec -i vm-0 -- cat', { env, stdin: 'one\ntwo\n' })
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'one\ntwo\n' })
  })

  it('takes commands line by line, without echo and prompt', async () => {
    const stdin = 'x=4\necho $((x + 1))\nexit 7\n'
    const { code, stdout } = await here.kubectl('exec -i vm-0 -- sh', { env, stdin })
    expect({ code, stdout }).toEqual({ code: 7, stdout: '5\n' })
  })

  it('has no terminal to give, and says so itself', async () => {
    const { code, stdout, stderr } = await here.kubectl('exec -it vm-0 -- sh', {
      env,
      stdin: 'echo $((1+1))\nexit\n',
    })
    expect(stderr).toContain('Unable to use a TTY - input is not a terminal or the right kind of file')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '2\n' })
  })

  it('brings much, whole', async () => {
    const { stdout } = await here.kubectl(sh('seq 1 100000'), { env })
    expect(stdout).toHaveLength(588_895)
    expect(stdout.endsWith('99999\n100000\n')).toBe(true)
  })

  it.for<[args: string, complaint: RegExp]>([
    ['zz -- ls', /^Error from server \(NotFound\): pods "zz" not found$/],
    ['unplaced -- ls', /^(error|Error from server).*: pod unplaced does not have a host assigned$/],
    ['vm-0 -c nope -- ls', /: container nope is not valid for pod vm-0( out of: agent)?$/],
    ['vm-1 -- ls', /pod k-guest-\w+\/vm-1 has no live VM/],
    ['vm-0', /^error: you must specify at least one command for the container$/],
  ])('refuses %s', async ([args, complaint]) => {
    expect(await here.refusal(`exec ${args}`, { env })).toMatch(complaint)
  })
})

describe('kubectl logs', () => {
  it('shows the console of the VM', async () => {
    const lines = (await here.ok('logs vm-0')).split('\n')
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.length).toBeLessThanOrEqual(200)
    expect((await here.ok('logs vm-0 --tail=2')).split('\n')).toHaveLength(2)
    expect((await here.ok('logs vm-0 -c agent --tail=1')).split('\n')).toHaveLength(1)
  })

  it('ends although it shall follow', async () => {
    expect((await here.ok('logs -f vm-0 --tail=3')).split('\n')).toHaveLength(3)
  })

  it.for<[args: string, text: string]>([
    ['vm-1', 'vk-cocoon: pod has no live VM'],
    ['unplaced', ''],
  ])('of %s: %s', async ([args, text]) => {
    expect(await here.ok(`logs ${args}`)).toBe(text)
  })

  it.for<[args: string, complaint: () => string]>([
    ['zz', () => `error: error from server (NotFound): pods "zz" not found in namespace "${here.name}"`],
    ['vm-0 -c nope', () => 'error: container nope is not valid for pod vm-0'],
  ])('refuses %s', async ([args, complaint]) => {
    expect(await here.refusal(`logs ${args}`)).toContain(complaint())
  })
})

describe('kubectl cp', () => {
  it('carries files in and out', async () => {
    const file = join(inject('kubectlHome'), 'carried')
    writeFileSync(file, 'some text\n')
    await here.ok(`cp ${file} vm-0:/tmp/carried`)
    expect(await here.ok('exec vm-0 -- cat /tmp/carried')).toBe('some text')
    await here.ok(['exec', 'vm-0', '--', 'sh', '-c', 'echo more >> /tmp/carried'])
    await here.ok(`cp vm-0:/tmp/carried ${file}`)
    expect(readFileSync(file, 'utf8')).toBe('some text\nmore\n')
    rmSync(file)
  })
})

describe('what the node agent does not do', () => {
  it('forwards no port, and says so to who tries', async () => {
    const forward = here.start('port-forward vm-0 :80')
    await expect.poll(forward.stdout, { timeout: 20_000 }).toMatch(/Forwarding from 127\.0\.0\.1:\d+ -> 80/)
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(forward.stdout())?.[1])
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    const { code, stderr } = await forward.ended
    socket.destroy()
    expect(code).toBe(1)
    expect(stderr).toContain('vk-cocoon: PortForward is not implemented')
  })

  it.for<[args: string, complaint: RegExp]>([
    ['attach vm-0', /AttachToContainer is not implemented/],
    ['attach zz', /^Error from server \(NotFound\): pods "zz" not found$/],
    ['port-forward zz :80', /^Error from server \(NotFound\): pods "zz" not found$/],
    [
      'port-forward unplaced :80',
      /^error: unable to forward port because pod is not running\. Current status=Pending$/,
    ],
  ])('%s', async ([args, complaint]) => {
    expect(await here.refusal(args)).toMatch(complaint)
  })
})

describe('kubectl top', () => {
  it('shows what VMs use that are awake', async () => {
    await expect
      .poll(async () => (await here.kubectl('top pods')).stdout, { timeout: 30_000, interval: 500 })
      .toMatch(/^NAME +CPU\(cores\) +MEMORY\(bytes\) *\nvm-0 +\d+m +\d+Mi *\n$/)
    expect(await here.ok('top pod vm-0 --containers --no-headers')).toMatch(/^vm-0 +agent +\d+m +\d+Mi$/)
  })

  it('shows what nodes use', async () => {
    const [header, first] = cells(await here.ok('top nodes'))
    expect(header).toEqual(['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'])
    expect(first?.slice(1).join(' ')).toMatch(/^\d+m \d+% \d+Mi \d+%$/)
  })

  it('knows no pod that is not there', async () => {
    expect(await here.refusal('top pod zz')).toBe(
      'Error from server (NotFound): podmetrics.metrics.k8s.io "' + here.name + '/zz" not found',
    )
  })
})
