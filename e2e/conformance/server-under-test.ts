import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { wallClock } from '../../demo/clock.ts'
import { seededRandom } from '../../demo/random.ts'
import { startApiServer } from '../../demo/api/server.ts'
import { startControlPlane } from '../control-plane/start-control-plane.ts'
import { installCrds } from '../control-plane/start-original.ts'

/** A server that exchanges are played against. */
export interface ServerUnderTest {
  /** `https://127.0.0.1:6443` */
  url: string
  token: string
  /** PEM of its authority. */
  certificate: string
  /** Whether it is the embedded one, whose known differences then count. */
  embedded: boolean
  close(): Promise<void>
}

interface Kubeconfig {
  clusters: { cluster: { server: string; 'certificate-authority-data'?: string } }[]
  users: { user: { token?: string } }[]
}

/** A server that runs already. Throws when the file names no token. */
export function serverOf(kubeconfig: string): ServerUnderTest {
  const { clusters, users } = parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig
  const cluster = clusters[0]?.cluster
  const token = users[0]?.user.token
  if (!cluster || !token) throw new Error(`${kubeconfig} has no cluster or no token`)
  const certificate = Buffer.from(cluster['certificate-authority-data'] ?? '', 'base64').toString()
  return { url: cluster.server, token, certificate, embedded: false, close: async () => {} }
}

/** The embedded API server by itself, as the original is recorded: no operator, no webhook, no nodes. */
export async function startEmbedded(): Promise<ServerUnderTest> {
  const token = 'conformance'
  const server = await startApiServer({
    port: 0,
    clock: wallClock(1),
    random: seededRandom(3),
    tokens: { [token]: { username: 'cocoon-admin', uid: 'admin', groups: ['system:masters'] } },
  })
  return {
    url: server.secureUrl,
    token,
    certificate: server.certificate,
    embedded: true,
    close: () => server.close(),
  }
}

/** A real control plane by itself, with the definitions of Cocoon's kinds. */
async function startOriginal(): Promise<ServerUnderTest> {
  const { server, token, certificate, close } = await startControlPlane({ prepare: installCrds })
  return { url: server, token, certificate, embedded: false, close }
}

/**
 * The server that `E2E_KUBECONFIG` names, or one that is started for this: the original with `E2E_CLUSTER=original`,
 * else the embedded one.
 */
export async function serverUnderTest(): Promise<ServerUnderTest> {
  const kubeconfig = process.env.E2E_KUBECONFIG
  if (kubeconfig) return serverOf(kubeconfig)
  return process.env.E2E_CLUSTER === 'original' ? startOriginal() : startEmbedded()
}
