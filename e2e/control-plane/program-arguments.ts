import { join } from 'node:path'
import type { Credentials } from './credentials.ts'

export interface Layout {
  folder: string
  ports: { etcd: number; peer: number; api: number; manager: number; scheduler: number }
  credentials: Credentials
  /** Flags of the API server beyond the usual ones, for tests that need a small or impatient one. */
  apiFlags: readonly string[]
}

const LOOPBACK = '127.0.0.1'

/** etcd keeps its data in memory's speed: nothing here must survive a power cut. */
export function etcdArguments({ folder, ports }: Layout): string[] {
  const client = `http://${LOOPBACK}:${ports.etcd}`
  const peer = `http://${LOOPBACK}:${ports.peer}`
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
    // So that the versions in bookmarks move while a resource is quiet; kubeadm sets it too.
    '--watch-progress-notify-interval=5s',
    '--log-level=warn',
  ]
}

/** The defaults of the original wherever they can be; RBAC is enforced. */
export function apiServerArguments({ ports, credentials, apiFlags, folder }: Layout): string[] {
  const { files } = credentials
  return [
    `--etcd-servers=http://${LOOPBACK}:${ports.etcd}`,
    `--bind-address=${LOOPBACK}`,
    `--advertise-address=${LOOPBACK}`,
    `--secure-port=${ports.api}`,
    `--cert-dir=${join(folder, 'keys')}`,
    `--tls-cert-file=${files.tlsCert}`,
    `--tls-private-key-file=${files.tlsKey}`,
    `--token-auth-file=${files.tokens}`,
    '--authorization-mode=RBAC',
    '--anonymous-auth=true',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${files.accountKey}`,
    `--service-account-signing-key-file=${files.accountKey}`,
    `--kubelet-client-certificate=${files.kubeletCert}`,
    `--kubelet-client-key=${files.kubeletKey}`,
    `--requestheader-client-ca-file=${files.proxyAuthority}`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${files.proxyCert}`,
    `--proxy-client-key-file=${files.proxyKey}`,
    // The address under which the node agents of this machine can be reached.
    '--kubelet-preferred-address-types=ExternalDNS,InternalIP',
    // There is nothing behind the address that a loopback control plane would publish.
    '--endpoint-reconciler-type=none',
    // Watches are ended when it stops; else it waits a minute for them to end by themselves.
    '--shutdown-watch-termination-grace-period=2s',
    ...apiFlags,
  ]
}

const MANAGER_LOOPS = [
  'garbage-collector-controller',
  'namespace-controller',
  'serviceaccount-controller',
  'root-ca-certificate-publisher-controller',
  'clusterrole-aggregation-controller',
  'node-lifecycle-controller',
  'taint-eviction-controller',
  'pod-garbage-collector-controller',
  'disruption-controller',
  'deployment-controller',
  'replicaset-controller',
]

/** Only the loops whose effects a fleet shows: garbage, namespaces, accounts, node health. */
export function managerArguments({ ports, credentials, folder }: Layout): string[] {
  return [
    `--kubeconfig=${join(folder, 'controller-manager.kubeconfig')}`,
    `--controllers=${MANAGER_LOOPS.join(',')}`,
    `--root-ca-file=${credentials.files.tlsCert}`,
    `--service-account-private-key-file=${credentials.files.accountKey}`,
    `--bind-address=${LOOPBACK}`,
    `--secure-port=${ports.manager}`,
    `--cert-dir=${join(folder, 'keys')}`,
    '--leader-elect=false',
    // Each loop as its own account: the roles are given to those, and RBAC is enforced.
    '--use-service-account-credentials=true',
    // At its usual 20 requests a second it takes minutes to empty the namespaces that a test leaves behind.
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ]
}

export function schedulerArguments({ ports, folder }: Layout): string[] {
  return [
    `--kubeconfig=${join(folder, 'scheduler.kubeconfig')}`,
    `--bind-address=${LOOPBACK}`,
    `--secure-port=${ports.scheduler}`,
    `--cert-dir=${join(folder, 'keys')}`,
    '--leader-elect=false',
  ]
}
