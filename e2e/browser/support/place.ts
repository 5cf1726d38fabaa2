import { join } from 'node:path'

/** Two cores: as many workers, each with a cluster and a dashboard of its own, so that none is in another's way. */
export const WORKERS = Number(process.env.E2E_WORKERS ?? 2)

/** Two runs beside each other, each in a clone of its own, need ports of their own. */
const FIRST_PORT = Number(process.env.E2E_PORT ?? 3111)
const APART = 1_000

/** Where the dashboard of a worker listens. */
export const portOf = (worker: number): number => FIRST_PORT + APART * worker

/** Of the worker that this process is. */
export const PORT = portOf(Number(process.env.TEST_PARALLEL_INDEX ?? 0))

const CACHE = join(import.meta.dirname, '..', '..', '..', '.cache')

/** The administrator's kubeconfig of the cluster behind the dashboard at this port. */
export const kubeconfigAt = (port: number | string): string => join(CACHE, `e2e-${port}.kubeconfig`)

/**
 * On the original, the dashboard has nothing but the account of its manifests, which may list and watch (promise B8), and
 * every page is signed in as the administrator. E2E_SIGN_IN=true has it so on the embedded cluster, too.
 */
export const SIGNED_IN = process.env.E2E_CLUSTER === 'original' || process.env.E2E_SIGN_IN === 'true'

/** Where that cluster is, for requests of the tests themselves. */
export const clusterFileAt = (port: number | string): string => join(CACHE, `e2e-${port}.json`)
