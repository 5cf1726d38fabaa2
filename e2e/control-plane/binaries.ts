import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { run } from './run.ts'

/** The programs of a control plane. */
export type Server = 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler'
type Program = Server | 'kubectl'

const PACKAGES: Record<Program, string> = {
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
  kubectl: 'k8s.io/kubernetes/cmd/kubectl',
}
const SERVERS: readonly Server[] = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']
const MODULE = import.meta.dirname
const [VERSION = '', MAJOR = '', MINOR = ''] =
  /(?<=k8s\.io\/kubernetes )v(\d+)\.(\d+)\S*/.exec(readFileSync(join(MODULE, 'go.mod'), 'utf8')) ?? []
/** Without symbols and paths of this machine; the version is what `/version` answers. */
const FLAGS = [
  '-s',
  '-w',
  `-X k8s.io/component-base/version.gitVersion=${VERSION}`,
  `-X k8s.io/component-base/version.gitMajor=${MAJOR}`,
  `-X k8s.io/component-base/version.gitMinor=${MINOR}`,
].join(' ')

function cacheFolder(): string {
  const root = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const hash = createHash('sha256').update(FLAGS)
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(MODULE, file)))
  return join(root, 'cocoon-dashboard', `control-plane-${hash.digest('hex').slice(0, 12)}`)
}

/** Where a program already is: what KUBEBUILDER_ASSETS names goes before what was built here. */
function existing(program: Program): string | undefined {
  const folders = [process.env.KUBEBUILDER_ASSETS ?? '', cacheFolder()].filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, program)).find(existsSync)
}

/** The Go compiler, or undefined where there is none: then there is no original on this machine. */
function goCompiler(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/go/bin']
  return folders.map((folder) => join(folder, 'go')).find(existsSync)
}

/** Whether `controlPlaneBinaries` can succeed: all programs are there, or there is Go to build them. */
export function hasOriginal(): boolean {
  return goCompiler() !== undefined || SERVERS.every((program) => existing(program) !== undefined)
}

async function build(go: string, program: Program): Promise<string> {
  const folder = cacheFolder()
  mkdirSync(folder, { recursive: true })
  const target = join(folder, program)
  // Built aside and moved in one step, so that two runs at once never see half a program.
  const aside = `${target}.${randomUUID()}`
  try {
    const args = ['build', '-trimpath', '-ldflags', FLAGS, '-o', aside, PACKAGES[program]]
    await run(go, args, {
      cwd: MODULE,
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' },
    })
    renameSync(aside, target)
  } finally {
    rmSync(aside, { force: true })
  }
  return target
}

/**
 * The path of a program: from KUBEBUILDER_ASSETS, from the cache, or built once per machine from the published
 * modules. Throws when there is nothing to build it with.
 */
export async function programPath(program: Program, log: (text: string) => void): Promise<string> {
  const present = existing(program)
  if (present !== undefined) return present
  const go = goCompiler()
  if (go === undefined) {
    throw new Error(`${program} is not in KUBEBUILDER_ASSETS, and there is no Go to build it with`)
  }
  log(`building ${program} ${program === 'etcd' ? '' : `${VERSION} `}into ${cacheFolder()}`)
  return build(go, program)
}

/** The programs of a control plane, as `programPath` says; building all takes about five minutes on two cores. */
export async function controlPlaneBinaries(log: (text: string) => void): Promise<Record<Server, string>> {
  return {
    etcd: await programPath('etcd', log),
    'kube-apiserver': await programPath('kube-apiserver', log),
    'kube-controller-manager': await programPath('kube-controller-manager', log),
    'kube-scheduler': await programPath('kube-scheduler', log),
  }
}
