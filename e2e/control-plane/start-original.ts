import { COCOON_HIBERNATION_CRD, COCOON_SET_CRD } from '../../lib/cocoon/custom-resource-definitions.ts'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { accountTokens } from '../../demo/account-tokens.ts'
import { connect, type Connection } from '../../demo/client/connection.ts'
import { wallClock } from '../../demo/clock.ts'
import { reserveDesktopNetwork, type DesktopPlace } from '../../demo/desktop/network.ts'
import { demoSignIns, type DemoSignIn } from '../../demo/fleet/ready-users.ts'
import { seedFleet } from '../../demo/fleet/seed-fleet.ts'
import { isFounder, type Identity } from '../../demo/identities.ts'
import { inhabit } from '../../demo/inhabit.ts'
import { seededRandom } from '../../demo/random.ts'
import { snapshotRegistry } from '../../demo/registry.ts'
import type { DemoClusterOptions } from '../../demo/start.ts'
import { startControlPlane, type ControlPlane } from './start-control-plane.ts'
import { untilServed } from './until-served.ts'

interface OriginalClusterOptions extends Omit<DemoClusterOptions, 'clock' | 'host'> {
  /** Flags of the API server beyond the usual ones. */
  apiFlags?: readonly string[]
}

/** A Cocoon cluster whose API server is the original. */
export interface OriginalCluster extends Pick<
  ControlPlane,
  'server' | 'certificate' | 'token' | 'kubeconfig'
> {
  /** Whom a visitor can be: each with other rights. */
  users: readonly DemoSignIn[]
  /** Where its screens listen. */
  desktops: DesktopPlace
  /** Opens a connection as the administrator; the caller closes it. */
  connect(): Connection
  close(): Promise<void>
}

const CRDS: readonly KubeObject[] = [COCOON_SET_CRD, COCOON_HIBERNATION_CRD]

/** Defines the kinds of Cocoon, and waits until they are served. */
export async function installCrds(admin: Connection): Promise<void> {
  for (const crd of CRDS) {
    await admin.send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd)
  }
  await untilServed(admin, '/apis/cocoonset.cocoonstack.io/v1/cocoonsets')
  await untilServed(admin, '/apis/cocoonset.cocoonstack.io/v1/cocoonhibernations')
}

/**
 * The same fleet, operator, webhook and node agents as the embedded cluster has, on a real control plane: the objects are
 * restored as from a backup, everything else are ordinary clients with accounts of their own, under enforced RBAC.
 */
export async function startOriginalCluster(options: OriginalClusterOptions): Promise<OriginalCluster> {
  const log = options.log ?? ((text: string) => void process.stderr.write(`cluster: ${text}\n`))
  const clock = wallClock(options.speed)
  const random = seededRandom(options.seed)
  const registry = snapshotRegistry()
  const network = await reserveDesktopNetwork(log)
  const { plan, objects } = seedFleet(options, clock.now(), random.fork('fleet'), registry, network.prefix)
  const controlPlane = await startControlPlane({
    port: options.port,
    objects,
    prepare: installCrds,
    oidc: options.oidc,
    ...(options.apiFlags ? { apiFlags: options.apiFlags } : {}),
    log,
  })
  const { server, certificate } = controlPlane
  const connectWith = (token: string, userAgent: string) => connect({ server, certificate, token, userAgent })
  const admin = connectWith(controlPlane.token, 'cocoon-demo/setup')
  try {
    const tokens = await accountTokens(admin)
    const inhabitants = await inhabit({
      connectAs: (identity: Identity) => {
        // Founders of the embedded cluster have nobody to be here but the administrator.
        const token = isFounder(identity) ? controlPlane.token : tokens[identity]
        return connectWith(token, `cocoon-demo/${identity}`)
      },
      clock,
      speed: options.speed,
      random,
      registry,
      nodes: plan.nodes,
      weather: options.weather,
      desktops: network.prefix,
      scheduler: false,
      kubeletClientAuthority: controlPlane.kubeletClientAuthority,
      log,
    })
    return {
      server,
      certificate,
      token: controlPlane.token,
      kubeconfig: controlPlane.kubeconfig,
      users: demoSignIns(controlPlane.tokenOfUser),
      desktops: { prefix: network.prefix, cidr: network.cidr, ports: network.ports },
      connect: () => connectWith(controlPlane.token, 'test'),
      async close() {
        await inhabitants.close()
        admin.close()
        await controlPlane.close()
        await network.close()
      },
    }
  } catch (error) {
    admin.close()
    await controlPlane.close()
    await network.close()
    throw error
  }
}
