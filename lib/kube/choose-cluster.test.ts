import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { chooseCluster } from './choose-cluster.ts'
import type { ClusterVariables } from './choose-cluster.ts'

const kubeconfig = (name: string) => `
apiVersion: v1
kind: Config
current-context: ${name}
clusters: [{ name: ${name}, cluster: { server: "https://${name}.example:6443" } }]
contexts: [{ name: ${name}, context: { cluster: ${name}, user: me } }]
users: [{ name: me, user: { token: abc } }]
`

const root = mkdtempSync(join(tmpdir(), 'choose-cluster-'))
const at = (...parts: string[]) => join(root, ...parts)

function home(name: string, config: string | null): string {
  mkdirSync(at(name, '.kube'), { recursive: true })
  if (config !== null) writeFileSync(at(name, '.kube', 'config'), config)
  return at(name)
}

beforeAll(() => {
  writeFileSync(at('lab'), kubeconfig('lab'))
  writeFileSync(at('broken'), 'clusters: [')
  writeFileSync(at('empty'), '')
  // The account of a pod is read from fixed places, which do not exist here.
  vi.stubEnv('KUBERNETES_SERVICE_HOST', '')
})
afterAll(() => {
  rmSync(root, { recursive: true })
  vi.unstubAllEnvs()
})

const good = home('good', kubeconfig('mine'))
const bad = home('bad', 'clusters: [')
const none = home('none', null)

/** What was chosen, in one line. */
function chosen(variables: Partial<ClusterVariables>): string {
  const choice = chooseCluster({ CLUSTER: 'auto', ...variables })
  return choice.kind === 'demo' ? `demo: ${choice.because}` : `kube: ${choice.config.name}`
}

describe('chooseCluster', () => {
  it.each<[string, Partial<ClusterVariables>, string]>([
    ['KUBECONFIG first', { KUBECONFIG: at('lab'), HOME: good }, 'kube: lab'],
    [
      'the first of several files',
      { KUBECONFIG: [at('lab'), at('good', '.kube', 'config')].join(delimiter) },
      'kube: lab',
    ],
    ['a list with gaps', { KUBECONFIG: ['', at('lab'), ''].join(delimiter) }, 'kube: lab'],
    ['then the home', { HOME: good }, 'kube: mine'],
    ['the home, when asked for', { CLUSTER: 'kube', HOME: good }, 'kube: mine'],
    ['nothing there', { HOME: none }, 'demo: no KUBECONFIG, no ~/.kube/config and no pod account'],
    ['no home', { HOME: '' }, 'demo: no KUBECONFIG, no ~/.kube/config and no pod account'],
    ['no variables', {}, 'demo: no KUBECONFIG, no ~/.kube/config and no pod account'],
    [
      'the demo, whatever there is',
      { CLUSTER: 'demo', KUBECONFIG: at('lab'), HOME: good },
      'demo: CLUSTER=demo',
    ],
  ])('%s', (_, variables, expected) => expect(chosen(variables)).toBe(expected))

  it('says why it passed over what it found, without being asked for it', () => {
    expect(chosen({ HOME: bad })).toMatch(
      /^demo: .*bad\/\.kube\/config: it is not valid YAML: .* on line \d$/,
    )
    expect(chosen({ HOME: bad, KUBERNETES_SERVICE_HOST: '10.0.0.1' })).toMatch(
      /^demo: .*not valid YAML.*; not in a cluster: /,
    )
  })

  it.each<[string, Partial<ClusterVariables>, RegExp]>([
    [
      'a file that is not there',
      { KUBECONFIG: at('nowhere') },
      /^KUBECONFIG cannot be used: no kubeconfig: .*nowhere does not exist\. Correct it, or set CLUSTER=demo/,
    ],
    ['a broken file', { KUBECONFIG: at('broken') }, /broken: it is not valid YAML/],
    ['an empty file', { KUBECONFIG: at('empty') }, /empty: it is empty\. Correct it/],
    [
      'only a separator',
      { KUBECONFIG: delimiter },
      /^KUBECONFIG cannot be used: no kubeconfig: no path is given\./,
    ],
    [
      'CLUSTER=kube without a cluster',
      { CLUSTER: 'kube', HOME: none },
      /^CLUSTER=kube finds no cluster: no KUBECONFIG, .* Set KUBECONFIG, or CLUSTER=demo for the embedded one\.$/,
    ],
    [
      'CLUSTER=kube with a broken home',
      { CLUSTER: 'kube', HOME: bad },
      /^CLUSTER=kube finds no cluster: .*not valid YAML/,
    ],
  ])('refuses %s in one sentence', (_, variables, message) => {
    expect(() => chosen(variables)).toThrow(message)
  })
})
