import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { certificateAuthority, selfSigned } from '../../demo/api/certificate.ts'
import { READY_USER_IDS, usernameOf, type ReadyUserId } from '../../demo/fleet/ready-users.ts'

/** Who is known to the API server from the start; everybody else is a ServiceAccount with a token of its own. */
export type Founder = 'admin' | 'controller-manager' | 'scheduler'

const USERS: Record<Founder, { username: string; groups: readonly string[] }> = {
  admin: { username: 'kubernetes-admin', groups: ['system:masters'] },
  'controller-manager': { username: 'system:kube-controller-manager', groups: [] },
  scheduler: { username: 'system:kube-scheduler', groups: [] },
}

export interface Credentials {
  /** PEM of what clients must trust. */
  certificate: string
  tokenOf(founder: Founder): string
  /** Of those whom a visitor of the demo can be. */
  tokenOfUser(id: ReadyUserId): string
  files: {
    tlsCert: string
    tlsKey: string
    accountKey: string
    tokens: string
    kubeletCert: string
    kubeletKey: string
    proxyAuthority: string
    proxyCert: string
    proxyKey: string
  }
  /** PEM of the authority whose certificates the API server shows to kubelets. */
  kubeletClientAuthority: string
}

function keepSecret(path: string, text: string): string {
  writeFileSync(path, text, { mode: 0o600 })
  return path
}

/** Makes the certificate, the keys and the tokens of a new control plane, and writes them into its folder. */
export function makeCredentials(folder: string): Credentials {
  const keys = join(folder, 'keys')
  mkdirSync(keys, { recursive: true, mode: 0o700 })
  const own = selfSigned(['127.0.0.1', 'localhost'], Date.now())
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const accountKey = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  // One authority for each circle: who may call kubelets may not speak for users at an aggregated server.
  const kubelets = certificateAuthority('kubelet-clients', Date.now())
  const kubeletClient = kubelets.clientCertificate('kube-apiserver-kubelet-client', Date.now())
  const proxies = certificateAuthority('front-proxy', Date.now())
  const proxyClient = proxies.clientCertificate('front-proxy-client', Date.now())
  const tokens: Record<Founder, string> = {
    admin: randomBytes(24).toString('hex'),
    'controller-manager': randomBytes(24).toString('hex'),
    scheduler: randomBytes(24).toString('hex'),
  }
  const userTokens = new Map(READY_USER_IDS.map((id) => [id, randomBytes(24).toString('hex')]))
  const tokenOfUser = (id: ReadyUserId) => userTokens.get(id) ?? ''
  const userLines = READY_USER_IDS.map((id) => `${tokenOfUser(id)},${usernameOf(id)},${id}\n`)
  const line = (founder: Founder) => {
    const { username, groups } = USERS[founder]
    return `${tokens[founder]},${username},${founder},"${groups.join(',')}"\n`
  }
  return {
    certificate: own.cert,
    kubeletClientAuthority: kubelets.cert,
    tokenOf: (founder) => tokens[founder],
    tokenOfUser,
    files: {
      tlsCert: keepSecret(join(keys, 'server.crt'), own.cert),
      tlsKey: keepSecret(join(keys, 'server.key'), own.key),
      kubeletCert: keepSecret(join(keys, 'kubelet-client.crt'), kubeletClient.cert),
      kubeletKey: keepSecret(join(keys, 'kubelet-client.key'), kubeletClient.key),
      proxyAuthority: keepSecret(join(keys, 'front-proxy-ca.crt'), proxies.cert),
      proxyCert: keepSecret(join(keys, 'front-proxy-client.crt'), proxyClient.cert),
      proxyKey: keepSecret(join(keys, 'front-proxy-client.key'), proxyClient.key),
      accountKey: keepSecret(join(keys, 'service-accounts.key'), accountKey),
      tokens: keepSecret(
        join(keys, 'tokens.csv'),
        line('admin') + line('controller-manager') + line('scheduler') + userLines.join(''),
      ),
    },
  }
}
