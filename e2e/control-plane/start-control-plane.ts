import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { OidcIssuer } from '../../demo/api/oidc-tokens.ts'
import { connect, type Connection } from '../../demo/client/connection.ts'
import type { ReadyUserId } from '../../demo/fleet/ready-users.ts'
import { kubeconfigText } from '../../demo/kubeconfig.ts'
import { controlPlaneBinaries, type Server } from './binaries.ts'
import { makeCredentials, type Founder } from './credentials.ts'
import { startDaemon, type Daemon } from './daemon.ts'
import { freePorts } from './free-ports.ts'
import { oidcFlags } from './oidc-flags.ts'
import {
  apiServerArguments,
  etcdArguments,
  managerArguments,
  schedulerArguments,
  type Layout,
} from './program-arguments.ts'
import { restoreObjects } from './restore-objects.ts'

export interface ControlPlaneOptions {
  /** 0 picks a port. */
  port?: number
  /** Flags of the API server beyond the usual ones. */
  apiFlags?: readonly string[]
  /** Whose ID tokens the API server accepts. */
  oidc?: OidcIssuer | undefined
  /** What a backup holds: it is there, as it was, before the API server starts. */
  objects?: readonly KubeObject[]
  /** Done as the administrator before the controllers look: they must not take what is not there yet for deleted. */
  prepare?: (admin: Connection) => Promise<void>
  /** Told what is being built or started, and of programs that end by themselves; standard error unless told. */
  log?: (text: string) => void
}

/** A real Kubernetes control plane on loopback. */
export interface ControlPlane {
  /** `https://127.0.0.1:…` */
  server: string
  /** PEM of what clients must trust. */
  certificate: string
  /** The administrator's bearer token. */
  token: string
  /** Of the ready-made users, whose roles come with the seeded fleet. */
  tokenOfUser(id: ReadyUserId): string
  kubeconfig: string
  /** PEM of the authority whose certificates the API server shows to kubelets. */
  kubeletClientAuthority: string
  /** `http://127.0.0.1:…` of etcd. */
  etcd: string
  /** Stops the API server and starts it again on the same port; `meanwhile` runs while it is away. */
  restartApiServer(how: 'graceful' | 'cut', meanwhile?: () => Promise<void>): Promise<void>
  /** Puts objects behind the API server's back, as a backup does. */
  restore(objects: readonly KubeObject[]): Promise<void>
  close(): Promise<void>
}

const READY_WITHIN_MS = 90_000

async function untilReady(what: string, daemon: Daemon, probe: () => Promise<unknown>): Promise<void> {
  let crash: Error | undefined
  void daemon.crashed.then((error) => (crash = error))
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    try {
      await probe()
      return
    } catch (error) {
      if (crash) throw crash
      if (Date.now() > deadline) throw new Error(`${what} is not ready`, { cause: error })
      await wait(100)
    }
  }
}

/**
 * Starts etcd, kube-apiserver, kube-controller-manager and kube-scheduler, building them first where this machine
 * has not yet. Resolves when the API server is ready; rejects with the log's end of what did not start.
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const log = options.log ?? ((text: string) => void process.stderr.write(`control plane: ${text}\n`))
  const binaries = await controlPlaneBinaries(log)
  const folder = mkdtempSync(join(tmpdir(), 'control-plane-'))
  const [etcd = 0, peer = 0, api = 0, manager = 0, scheduler = 0] = await freePorts(5)
  const credentials = makeCredentials(folder)
  const layout: Layout = {
    folder,
    ports: { etcd, peer, api: options.port || api, manager, scheduler },
    credentials,
    apiFlags: [...(options.apiFlags ?? []), ...oidcFlags(folder, options.oidc)],
  }
  const server = `https://127.0.0.1:${layout.ports.api}`
  const { certificate, tokenOf } = credentials
  const kubeconfigOf = (founder: Founder) =>
    kubeconfigText({ server, certificate, token: tokenOf(founder), context: 'cocoon-original' })
  for (const founder of ['controller-manager', 'scheduler'] as const) {
    writeFileSync(join(folder, `${founder}.kubeconfig`), kubeconfigOf(founder), { mode: 0o600 })
  }
  const admin = connect({ server, certificate, token: tokenOf('admin'), userAgent: 'control-plane' })
  const start = (program: Server, args: readonly string[]) => {
    const daemon = startDaemon(binaries[program], args, join(folder, `${program}.log`))
    void daemon.crashed.then((error) => log(error.message))
    return daemon
  }
  const startApi = async () => {
    const daemon = start('kube-apiserver', apiServerArguments(layout))
    await untilReady('kube-apiserver', daemon, async () => {
      await admin.send('GET', '/readyz')
    })
    return daemon
  }

  log(`starting etcd and kube-apiserver; logs in ${folder}`)
  const started: Daemon[] = []
  const store = start('etcd', etcdArguments(layout))
  let apiServer: Daemon | undefined
  const close = async () => {
    admin.close()
    await Promise.all(started.map((daemon) => daemon.stop()))
    await apiServer?.stop()
    await store.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await untilReady('etcd', store, async () => {
      const answer = await fetch(`http://127.0.0.1:${etcd}/health`)
      if (!answer.ok) throw new Error(await answer.text())
    })
    await restoreObjects(`http://127.0.0.1:${etcd}`, options.objects ?? [])
    apiServer = await startApi()
    await options.prepare?.(admin)
    log('starting kube-controller-manager and kube-scheduler')
    started.push(start('kube-controller-manager', managerArguments(layout)))
    started.push(start('kube-scheduler', schedulerArguments(layout)))
  } catch (error) {
    await close()
    throw error
  }
  return {
    server,
    certificate,
    token: tokenOf('admin'),
    tokenOfUser: credentials.tokenOfUser,
    kubeconfig: kubeconfigOf('admin'),
    kubeletClientAuthority: credentials.kubeletClientAuthority,
    etcd: `http://127.0.0.1:${etcd}`,
    restore: (objects) => restoreObjects(`http://127.0.0.1:${etcd}`, objects),
    async restartApiServer(how, meanwhile) {
      if (how === 'graceful') await apiServer?.stop(60_000)
      else await apiServer?.kill()
      await meanwhile?.()
      apiServer = await startApi()
    },
    close,
  }
}
