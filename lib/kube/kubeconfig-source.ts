import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'

/** Where the configuration is: a kubeconfig's text, a list of files as in $KUBECONFIG, or the pod's own account. */
export type ConfigSource =
  | { kind: 'text'; text: string }
  | { kind: 'files'; paths: readonly string[] }
  /** `root` stands for `/` where the account's files are looked up. */
  | { kind: 'in-cluster'; root?: string }

const ACCOUNT = 'var/run/secrets/kubernetes.io/serviceaccount'

/** Reads without judging which context is meant. Throws one sentence that names the origin. */
export function readKubeConfig(source: ConfigSource): { config: KubeConfig; origin: string } {
  switch (source.kind) {
    case 'text':
      return { config: parse(source.text, 'the given kubeconfig'), origin: 'the given kubeconfig' }
    case 'files':
      return readFiles(source.paths)
    case 'in-cluster':
      return readAccount(source.root ?? '/')
  }
}

/** As kubectl does: files that do not exist are passed over, and the first to define a name wins. */
function readFiles(paths: readonly string[]): { config: KubeConfig; origin: string } {
  const present = paths.filter((path) => existsSync(path))
  const [first] = present
  if (first === undefined) {
    const what = paths.length === 0 ? 'no path is given' : `${paths.join(', ')} does not exist`
    throw new Error(`no kubeconfig: ${what}`)
  }
  const config = new KubeConfig()
  config.loadFromOptions({ clusters: [], contexts: [], users: [], currentContext: '' })
  for (const path of present) {
    const part = parse(readText(path), path)
    part.makePathsAbsolute(dirname(path))
    const current = config.getCurrentContext()
    config.loadFromOptions({
      clusters: firstOfName([...config.getClusters(), ...part.getClusters()]),
      contexts: firstOfName([...config.getContexts(), ...part.getContexts()]),
      users: firstOfName([...config.getUsers(), ...part.getUsers()]),
      currentContext: current || part.getCurrentContext(),
    })
  }
  return { config, origin: present.join(', ') }
}

function firstOfName<Named extends { name: string }>(entries: Named[]): Named[] {
  const byName = new Map<string, Named>()
  for (const entry of entries) if (!byName.has(entry.name)) byName.set(entry.name, entry)
  return [...byName.values()]
}

function readAccount(root: string): { config: KubeConfig; origin: string } {
  const folder = join(root, ACCOUNT)
  if (!process.env.KUBERNETES_SERVICE_HOST || !process.env.KUBERNETES_SERVICE_PORT) {
    throw new Error('not in a cluster: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set')
  }
  if (!existsSync(join(folder, 'token'))) {
    throw new Error(
      `not in a cluster: ${join(folder, 'token')} does not exist; is the account's token mounted?`,
    )
  }
  const config = new KubeConfig()
  config.loadFromCluster(root.replace(/\/+$/, ''))
  return { config, origin: folder }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new Error(`${path}: cannot be read (${code})`, { cause: error })
  }
}

function parse(text: string, origin: string): KubeConfig {
  const config = new KubeConfig()
  const problem = text.trim() === '' ? 'it is empty' : problemOf(() => config.loadFromString(text))
  if (problem !== undefined) throw new Error(`${origin}: ${problem}`)
  if (config.getClusters().length === 0) throw new Error(`${origin}: it defines no cluster`)
  return config
}

/**
 * The parser's own message quotes the text around the fault, which may be a credential: only the place and
 * the reason are kept, and the original error is not carried along.
 */
function problemOf(load: () => void): string | undefined {
  try {
    load()
    return undefined
  } catch (error) {
    const {
      reason,
      mark,
      message = '',
    } = error as Partial<Record<'reason' | 'message', string>> & {
      mark?: { line?: number }
    }
    if (reason !== undefined) return `it is not valid YAML: ${reason} on line ${(mark?.line ?? 0) + 1}`
    return /^(?:clusters|contexts|users)\[\d+\]/.test(message) ? message : 'it is not a kubeconfig'
  }
}
