import { kubeTime } from '../kube-time.ts'
import { userHeaders } from './aggregation-proxy.ts'
import { apiServices, isRemote } from './aggregation-services.ts'
import type { Target } from './aggregation-target.ts'
import { ask, dialError, targetOf } from './aggregation-target.ts'
import type { Cluster } from './cluster.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'

const EVERY_MS = 30_000
const PATIENCE_MS = 5000
const CHECKER = { username: 'system:kube-aggregator', groups: ['system:masters'] }

interface Verdict {
  status: 'True' | 'False'
  reason: string
  message: string
}

const PASSED: Verdict = { status: 'True', reason: 'Passed', message: 'all checks passed' }
const failed = (reason: string, message: string): Verdict => ({ status: 'False', reason, message })

async function documentOf(cluster: Cluster, target: Target, path: string): Promise<JsonRecord> {
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const headers = { accept: 'application/json', ...userHeaders(CHECKER) }
    const asked = ask(cluster, target, { method: 'GET', path, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      )
    })
    asked.setTimeout(PATIENCE_MS, () => asked.destroy(new Error('context deadline exceeded')))
    asked.on('error', (error) =>
      reject(new Error(`Get "${urlOf(target, path)}": ${dialError(error, target)}`)),
    )
    asked.end()
  })
  if (status < 200 || status > 299) throw new Error(`bad status from ${urlOf(target, path)}: ${status}`)
  const document: unknown = JSON.parse(text)
  return isRecord(document) ? document : {}
}

const urlOf = ({ host, port }: Target, path: string) => `https://${host}:${port}${path}`

async function verdictOn(cluster: Cluster, service: KubeJson): Promise<Verdict> {
  const reference = valueAt(service, 'spec', 'service')
  const target = targetOf(cluster, service)
  if (typeof target === 'string') {
    const where = `service/${textAt(reference, 'name')} in "${textAt(reference, 'namespace')}"`
    return failed('ServiceNotFound', `${where} is not present`)
  }
  const path = `/apis/${textAt(service, 'spec', 'group')}/${textAt(service, 'spec', 'version')}`
  try {
    cluster.remotes.set(service.metadata.name ?? '', await documentOf(cluster, target, path))
    return PASSED
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return failed('FailedDiscoveryCheck', `failing or missing response from ${urlOf(target, path)}: ${why}`)
  }
}

function tell(cluster: Cluster, checked: KubeJson, verdict: Verdict): void {
  const stored = cluster.store.byUid(checked.metadata.uid ?? '')
  if (!stored || !isRemote(stored.object)) return
  const conditions = listAt(stored.object, 'status', 'conditions')
  const before = conditions.find((one) => textAt(one, 'type') === 'Available')
  const { status, reason, message } = verdict
  const same = (['status', 'reason', 'message'] as const).every(
    (field) => textAt(before, field) === verdict[field],
  )
  if (same) return
  const lastTransitionTime = kubeTime(cluster.clock.now())
  const others = conditions.filter((one) => one !== before)
  const condition = { type: 'Available', status, lastTransitionTime, reason, message }
  cluster.store.put(stored.resource, { ...stored.object, status: { conditions: [...others, condition] } })
}

/** Asks the servers of all APIServices for their discovery, again and again. Returns what stops it. */
export function watchAvailability(cluster: Cluster): () => void {
  let stopped = false
  let planned: (() => void) | undefined
  const check = async (service: KubeJson) => {
    const verdict = await verdictOn(cluster, service)
    if (!stopped) tell(cluster, service, verdict)
  }
  const checkAll = () => {
    planned = cluster.clock.after(EVERY_MS, checkAll)
    // verdictOn answers for every failure of the other server.
    for (const { object } of apiServices(cluster)) if (isRemote(object)) void check(object)
  }
  const leave = cluster.store.onChange(({ type, stored, previous }) => {
    const { object, resource } = stored
    const isService = resource.id === 'services'
    const concerns = isService || (resource.id === 'apiservices.apiregistration.k8s.io' && isRemote(object))
    if (!concerns) return
    if (type === 'DELETED' && !isService) cluster.remotes.delete(object.metadata.name ?? '')
    // Its own verdicts are no reason to look again.
    const onlyStatus = previous !== undefined && previous.object.spec === object.spec
    if (onlyStatus && type === 'MODIFIED') return
    planned?.()
    checkAll()
  })
  checkAll()
  return () => {
    stopped = true
    planned?.()
    leave()
  }
}
