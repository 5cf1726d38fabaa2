import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadClusterConfig } from './cluster-config.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cluster-config-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

interface Parts {
  current?: string
  server?: string
  user?: object
  context?: object
  name?: string
}

const SECRET = 'a-secret-that-nobody-may-see-0123456789abcdef'

function kubeconfig({
  current = 'here',
  server = 'https://10.0.0.1:6443',
  user = { token: SECRET },
  context,
  name = 'here',
}: Parts = {}): string {
  return JSON.stringify({
    'current-context': current,
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user }],
    contexts: [{ name, context: context ?? { cluster: name, user: name } }],
  })
}

const fromText = (text: string) => loadClusterConfig({ kind: 'text', text })

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('a kubeconfig', () => {
  it('says which cluster it means, and where that stands', () => {
    const { name, server, describe: words } = fromText(kubeconfig({ server: 'https://api.example:6443/' }))
    expect({ name, server }).toEqual({ name: 'here', server: 'https://api.example:6443' })
    expect(words).toBe('here of the given kubeconfig at https://api.example:6443')
  })

  it.each([
    ['is empty', '', 'it is empty'],
    ['is blank', ' \n', 'it is empty'],
    ['is no YAML', `users:\n- name: x\n  user: {token: ${SECRET}`, /it is not valid YAML: .* on line \d+$/],
    ['is only text', SECRET, 'it defines no cluster'],
    ['is a list', '[]', 'it defines no cluster'],
    ['has no cluster', '{"clusters":[]}', 'it defines no cluster'],
    ['has a nameless cluster', '{"clusters":[{"cluster":{}}]}', 'clusters[0].name is missing'],
    [
      'has a cluster without server',
      '{"clusters":[{"name":"x","cluster":{}}]}',
      'clusters[0].cluster.server is missing',
    ],
    [
      'has no current context',
      kubeconfig({ current: '' }),
      'no current context is set; choose one with kubectl config use-context',
    ],
    ['names no context', kubeconfig({ current: 'there' }), 'the current context "there" is not defined'],
    [
      'names no cluster',
      kubeconfig({ context: { cluster: 'x', user: 'here' } }),
      'context "here" names the cluster "x", which is not defined',
    ],
    [
      'names no user',
      kubeconfig({ context: { cluster: 'here', user: 'x' } }),
      'context "here" names the user "x", which is not defined',
    ],
    [
      'has no address',
      kubeconfig({ server: 'not an address' }),
      'the server of cluster "here" is not an address',
    ],
    [
      'has a strange address',
      kubeconfig({ server: 'ftp://x' }),
      'the server of cluster "here" is not http or https',
    ],
    [
      'hides credentials',
      kubeconfig({ server: `https://me:${SECRET}@x` }),
      'the server of cluster "here" contains credentials; put them in a user',
    ],
  ])('that %s is refused in one sentence', (_, text, problem) => {
    const load = () => fromText(text)
    expect(load).toThrow(typeof problem === 'string' ? `the given kubeconfig: ${problem}` : problem)
    expect(load).not.toThrow(SECRET)
  })

  it('gives the credentials of its user', async () => {
    expect((await fromText(kubeconfig()).credentials()).headers).toEqual({
      Authorization: `Bearer ${SECRET}`,
    })
    const basic = await fromText(kubeconfig({ user: { username: 'me', password: 'pw' } })).credentials()
    expect(basic.auth).toBe('me:pw')
  })

  it('may speak plain HTTP', async () => {
    const config = fromText(kubeconfig({ server: 'http://127.0.0.1:8001' }))
    expect((await config.credentials()).headers.Authorization).toBe(`Bearer ${SECRET}`)
  })

  it('asks a plugin for credentials', async () => {
    const answer = JSON.stringify({ status: { token: 'from-plugin' } })
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'echo', args: [answer] }
    expect((await fromText(kubeconfig({ user: { exec } })).credentials()).headers.Authorization).toBe(
      'Bearer from-plugin',
    )
  })

  it('tells what a plugin said, but not its secrets', async () => {
    const exec = { command: 'sh', args: ['-c', `echo "please sign in; Bearer ${SECRET}" >&2; exit 1`] }
    const error = await fromText(kubeconfig({ user: { exec } }))
      .credentials()
      .catch((reason: unknown) => reason)
    expect(String(error)).toContain('the credentials of context "here" cannot be read: please sign in')
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(SECRET)
  })
})

describe('kubeconfig files', () => {
  it('are merged as kubectl does: missing ones are passed over, the first to name something wins', async () => {
    const first = write('first', kubeconfig({ current: '', user: { token: 'first' } }))
    const second = write(
      'second',
      kubeconfig({ current: 'here', user: { token: 'second' }, server: 'https://other:1' }),
    )
    const config = loadClusterConfig({ kind: 'files', paths: [join(folder, 'missing'), first, second] })
    expect(config.server).toBe('https://10.0.0.1:6443')
    expect(config.describe).toContain(`${first}, ${second}`)
    expect((await config.credentials()).headers.Authorization).toBe('Bearer first')
  })

  it('find their certificates beside them', async () => {
    write('ca.crt', 'the authority')
    const text = kubeconfig().replace('"cluster":{', '"cluster":{"certificate-authority":"ca.crt",')
    const config = loadClusterConfig({ kind: 'files', paths: [write('config', text)] })
    expect(String((await config.credentials()).ca)).toBe('the authority')
  })

  it('are named when none exists, or one cannot be read', () => {
    const missing = join(folder, 'missing')
    expect(() => loadClusterConfig({ kind: 'files', paths: [missing] })).toThrow(
      `no kubeconfig: ${missing} does not exist`,
    )
    expect(() => loadClusterConfig({ kind: 'files', paths: [] })).toThrow('no path is given')
    expect(() => loadClusterConfig({ kind: 'files', paths: [folder] })).toThrow(
      `${folder}: cannot be read (EISDIR)`,
    )
    const bad = write('bad', ' ')
    expect(() => loadClusterConfig({ kind: 'files', paths: [bad] })).toThrow(`${bad}: it is empty`)
  })

  it('are read again when the credentials were refused, while they mean the same cluster', async () => {
    const path = write('config', kubeconfig({ user: { token: 'old' } }))
    const config = loadClusterConfig({ kind: 'files', paths: [path] })
    const token = async () => (await config.credentials()).headers.Authorization
    write('config', kubeconfig({ user: { token: 'new' } }))
    expect(await token()).toBe('Bearer old')
    config.renew()
    expect(await token()).toBe('Bearer new')
    for (const text of [
      kubeconfig({ server: 'https://elsewhere:1', user: { token: 'stolen' } }),
      'broken: [',
      '',
    ]) {
      write('config', text)
      config.renew()
      expect(await token()).toBe('Bearer new')
    }
  })
})

describe('the account of the pod', () => {
  const account = () => {
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '10.96.0.1')
    vi.stubEnv('KUBERNETES_SERVICE_PORT', '443')
    const at = join(folder, 'var/run/secrets/kubernetes.io/serviceaccount')
    mkdirSync(at, { recursive: true })
    return at
  }

  it('is used, and its token is read again when it was refused', async () => {
    const at = account()
    writeFileSync(join(at, 'token'), 'first\n')
    writeFileSync(join(at, 'ca.crt'), 'the authority')
    const config = loadClusterConfig({ kind: 'in-cluster', root: folder })
    expect(config).toMatchObject({ name: 'in-cluster', server: 'https://10.96.0.1' })
    const { ca, headers } = await config.credentials()
    expect([String(ca), headers.Authorization]).toEqual(['the authority', 'Bearer first'])
    writeFileSync(join(at, 'token'), 'second')
    config.renew()
    expect((await config.credentials()).headers.Authorization).toBe('Bearer second')
  })

  it('is missed in one sentence', () => {
    account()
    expect(() => loadClusterConfig({ kind: 'in-cluster', root: folder })).toThrow(
      /^not in a cluster: .*token does not exist/,
    )
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '')
    expect(() => loadClusterConfig({ kind: 'in-cluster', root: folder })).toThrow('KUBERNETES_SERVICE_HOST')
  })
})
