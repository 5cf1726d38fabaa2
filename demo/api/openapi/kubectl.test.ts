import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kubeconfigText } from '../../kubeconfig.ts'
import type { TestServer } from '../testing/test-server.ts'
import { TOKEN, startTestServer } from '../testing/test-server.ts'

const present = spawnSync('kubectl', ['version', '--client']).status === 0
if (!present) console.warn('kubectl is not installed: the tests that drive it are skipped')

let server: TestServer
let folder: string
beforeAll(async () => {
  server = await startTestServer()
  folder = mkdtempSync(join(tmpdir(), 'cocoon-openapi-'))
  const { secureUrl, certificate } = server
  const config = { server: secureUrl, certificate, token: TOKEN, namespace: 'default' }
  writeFileSync(join(folder, 'config'), kubeconfigText(config))
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

/** Both outputs of kubectl, whatever it ends with. */
function kubectl(args: string[], manifest?: unknown): Promise<string> {
  const env = { ...process.env, HOME: folder, KUBECONFIG: join(folder, 'config') }
  return new Promise((resolve) => {
    const child = execFile('kubectl', args, { env }, (_, out, err) => resolve(out + err))
    child.stdin?.end(manifest === undefined ? '' : JSON.stringify(manifest))
  })
}

const map = (data: Record<string, string>, more: Record<string, unknown> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings' },
  data,
  ...more,
})

describe.skipIf(!present)('kubectl with its default flags', () => {
  it.each([
    ['pod.spec.restartPolicy', 'Whether containers are started again when they end'],
    ['cocoonset.spec.agent.replicas', 'How many sub-agents there are beside the main agent.'],
    ['ch.spec.desire', 'Hibernate puts the VM to sleep, Wake wakes it.'],
    ['deployment.spec.template.spec.containers.image', 'The image that the container runs.'],
  ])('explains %s', async (path, words) => {
    expect((await kubectl(['explain', path])).replaceAll(/\s+/g, ' ')).toContain(words)
  })

  it('explains by the old documents, too', async () => {
    const text = await kubectl(['explain', 'cocoonset.spec.toolboxes', '--output=plaintext-openapiv2'])
    expect(text).toContain('RESOURCE: toolboxes <[]Object>')
    expect(text).toMatch(/vncPort\t<integer>/)
  })

  it('creates, applies, compares and replaces', async () => {
    const manifest = ['-f', '-']
    expect(await kubectl(['create', ...manifest], map({ a: '1' }, { extra: 1 }))).toContain(
      'strict decoding error: unknown field "extra"',
    )
    expect(await kubectl(['apply', ...manifest], map({ a: '1' }))).toBe('configmap/settings created\n')
    expect(await kubectl(['apply', ...manifest], map({ a: '1' }))).toBe('configmap/settings unchanged\n')
    expect(await kubectl(['diff', ...manifest], map({ b: '2' }))).toMatch(/^-\s+a: "1"$[^]*^\+\s+b: "2"$/m)
    expect(await kubectl(['apply', ...manifest], map({ b: '2' }))).toBe('configmap/settings configured\n')
    expect(await kubectl(['replace', ...manifest], map({ c: '3' }))).toBe('configmap/settings replaced\n')
    expect((await server.ok('GET', '/api/v1/namespaces/default/configmaps/settings')).data).toEqual({
      c: '3',
    })
  })
})
