import { execFile, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kubeconfigText } from '../kubeconfig.ts'
import { cocoonWebhook } from '../testing/cocoon-webhook.ts'
import type { TestServer } from './testing/test-server.ts'
import { SETS, TOKEN, newPod, newSet, startTestServer } from './testing/test-server.ts'

const present = spawnSync('kubectl', ['version', '--client']).status === 0
if (!present) console.warn('kubectl is not installed: the tests that drive it are skipped')

const run = promisify(execFile)
let server: TestServer
let stopWebhook: () => Promise<void>
let folder: string
let environment: NodeJS.ProcessEnv

beforeAll(async () => {
  server = await startTestServer()
  stopWebhook = await cocoonWebhook({ url: server.url, token: TOKEN })
  folder = mkdtempSync(join(tmpdir(), 'cocoon-kubectl-'))
  const { secureUrl, certificate } = server
  writeFileSync(
    join(folder, 'config'),
    kubeconfigText({ server: secureUrl, certificate, token: TOKEN, namespace: 'default' }),
  )
  environment = { ...process.env, HOME: folder, KUBECONFIG: join(folder, 'config') }
})
afterAll(async () => {
  await stopWebhook()
  await server.close()
  rmSync(folder, { recursive: true })
})

/** What kubectl prints; rejects with its complaint when it fails. */
async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await run('kubectl', args, { env: environment })
  return stdout.trimEnd()
}
async function complaint(...args: string[]): Promise<string> {
  try {
    return `no complaint: ${await kubectl(...args)}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
async function create(object: object): Promise<string> {
  const path = join(folder, 'object.json')
  writeFileSync(path, JSON.stringify(object))
  return kubectl('create', '--validate=false', '-f', path)
}
const table = (text: string) => text.split('\n').map((line) => line.trim().split(/\s{2,}/))

describe.skipIf(!present)('kubectl', { timeout: 60_000 }, () => {
  it('finds its resources and who it is', async () => {
    const resources = await kubectl('api-resources', '--no-headers')
    expect(resources).toMatch(/cocoonsets +cs,cocoonsets +cocoonset.cocoonstack.io\/v1 +true +CocoonSet/)
    expect(await kubectl('api-resources', '--categories=cocoon', '-o', 'name')).toBe(
      'cocoonhibernations.cocoonset.cocoonstack.io\ncocoonsets.cocoonset.cocoonstack.io',
    )
    expect(await kubectl('version')).toContain('Server Version: v1.36')
    expect(await kubectl('auth', 'whoami')).toContain('[system:masters system:authenticated]')
    expect(await kubectl('auth', 'can-i', 'patch', 'cocoonsets')).toBe('yes')
    expect(await kubectl('auth', 'can-i', '--list')).toContain('*.*')
  })

  it('creates, shows and deletes a set by its short name', async () => {
    expect(await create(newSet('web', { agent: { image: 'ubuntu:24.04', replicas: 1 } }))).toBe(
      'cocoonset.cocoonset.cocoonstack.io/web created',
    )
    await server.ok(
      'PATCH',
      `${SETS}/web/status`,
      { status: { phase: 'Running', readyAgents: 2, desiredAgents: 2 } },
      {
        'content-type': 'application/merge-patch+json',
      },
    )
    expect(table(await kubectl('get', 'cocoonsets'))).toEqual([
      ['NAME', 'PHASE', 'READY', 'DESIRED', 'AGE'],
      ['web', 'Running', '2', '2', '0s'],
    ])
    expect(await kubectl('get', 'cocoon', '-o', 'name')).toBe('cocoonset.cocoonset.cocoonstack.io/web')
    expect(await kubectl('get', 'cocoonsets', 'web', '-o', 'yaml')).toContain('  nodePool: default\n')
    expect(await complaint('get', 'cocoonsets', 'none')).toContain(
      'Error from server (NotFound): cocoonsets.cocoonset.cocoonstack.io "none" not found',
    )
    expect(await kubectl('delete', 'cocoonsets', 'web')).toBe(
      'cocoonset.cocoonset.cocoonstack.io "web" deleted',
    )
  })

  it('patches in all three ways', async () => {
    await create(newPod('patched', { labels: { a: '1' } }))
    await create(newSet('patched'))
    const merge = ['patch', 'cocoonsets', 'patched', '--type=merge', '-p']
    await kubectl(...merge, '{"spec":{"suspend":true}}')
    expect(await kubectl(...merge, '{"spec":{"suspend":true}}')).toContain('patched (no change)')
    await kubectl('patch', 'pod', 'patched', '-p', '{"metadata":{"labels":{"a":null,"b":"2"}}}')
    const move =
      '[{"op":"test","path":"/metadata/labels/b","value":"2"},{"op":"move","from":"/metadata/labels/b","path":"/metadata/labels/c"}]'
    await kubectl('patch', 'pod', 'patched', '--type=json', '-p', move)
    expect(await kubectl('get', 'pod', 'patched', '-o', 'jsonpath={.metadata.labels}')).toBe('{"c":"2"}')
    expect(await complaint('patch', 'pod', 'patched', '--type=json', '-p', move)).toContain(
      'The request is invalid',
    )
    expect(await complaint('patch', 'cocoonsets', 'patched', '--type=strategic', '-p', '{}')).toContain(
      'application/strategic-merge-patch+json is not supported by cocoonset.cocoonstack.io/v1',
    )
    expect(await complaint(...merge, '{"spec":{"agent":{"image":"Not:A:Repo"}}}')).toContain(
      'admission webhook "cocoonsets.validate.cocoonstack.io" denied the request',
    )
  })

  it('annotates, labels and selects', async () => {
    await create(newPod('marked'))
    expect(await kubectl('annotate', 'pod', 'marked', 'a/b=c')).toBe('pod/marked annotated')
    expect(await kubectl('label', 'pod', 'marked', 'mark=yes')).toBe('pod/marked labeled')
    expect(await kubectl('get', 'pods', '-l', 'mark in (yes)', '-o', 'name')).toBe('pod/marked')
    expect(await kubectl('get', 'pods', '--field-selector', 'metadata.name=marked', '-o', 'name')).toBe(
      'pod/marked',
    )
    expect(await kubectl('get', 'pods', '-A', '--chunk-size=1', '-o', 'name')).toContain('pod/marked')
    expect(await kubectl('describe', 'pod', 'marked')).toMatch(/Annotations: +a\/b: c/)
    await kubectl('label', 'pod', 'marked', 'mark-')
    expect(await complaint('label', 'pod', 'marked', '--resource-version=1', 'x=y')).toContain('(Conflict)')
  })

  it('makes what its own commands make', async () => {
    expect(await kubectl('create', 'namespace', 'made')).toBe('namespace/made created')
    await kubectl('create', 'configmap', 'made', '-n', 'made', '--from-literal=a=b')
    expect(await kubectl('get', 'cm', 'made', '-n', 'made', '-o', 'jsonpath={.data.a}')).toBe('b')
    await kubectl('create', 'secret', 'generic', 'made', '-n', 'made', '--from-literal=a=b')
    expect(await kubectl('get', 'secret', 'made', '-n', 'made', '-o', 'jsonpath={.data.a}')).toBe('Yg==')
    await kubectl('create', 'role', 'made', '--verb=get', '--resource=pods')
    expect(await kubectl('get', 'role', 'made', '-o', 'jsonpath={.rules}')).toContain('"verbs":["get"]')
    expect(await complaint('create', 'namespace', 'made')).toContain('namespaces "made" already exists')
  })

  it('watches and waits', async () => {
    await create(newPod('watched'))
    const watch = spawn('kubectl', ['get', 'pod', 'watched', '-w'], { env: environment })
    let seen = ''
    watch.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString()))
    await expect.poll(() => seen, { timeout: 20_000 }).toMatch(/watched +0\/1 +Pending/)
    const waiting = kubectl('wait', 'pod', 'watched', '--for=condition=Ready', '--timeout=20s')
    const ready = {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [{ ready: true }],
    }
    await kubectl('patch', 'pod', 'watched', '--subresource=status', '-p', JSON.stringify({ status: ready }))
    expect(await waiting).toBe('pod/watched condition met')
    await expect.poll(() => seen, { timeout: 20_000 }).toMatch(/watched +1\/1 +Running/)
    watch.kill()
    const gone = kubectl('wait', 'pod', 'watched', '--for=delete', '--timeout=20s')
    await kubectl('delete', 'pod', 'watched')
    await gone
  })
})
