import type { KubeJson } from './json.ts'
import { isRecord, listAt, numberAt, textAt, valueAt } from './json.ts'
import type { Resource } from './resource.ts'

const GROUP = 'autoscaling'

/** The one figure that the old version knows: how busy the processors should be. */
function cpuTarget(object: KubeJson): number {
  const metric = listAt(object, 'spec', 'metrics').find((one) => textAt(one, 'resource', 'name') === 'cpu')
  return numberAt(metric, 'resource', 'target', 'averageUtilization')
}

function show(object: KubeJson): KubeJson {
  const { metrics: _, behavior: __, ...spec } = isRecord(object.spec) ? object.spec : {}
  const target = cpuTarget(object)
  return {
    ...object,
    apiVersion: `${GROUP}/v1`,
    metadata: object.metadata,
    spec: { ...spec, ...(target > 0 && { targetCPUUtilizationPercentage: target }) },
    status: {
      currentReplicas: numberAt(object, 'status', 'currentReplicas'),
      desiredReplicas: numberAt(object, 'status', 'desiredReplicas'),
    },
  }
}

function accept(sent: KubeJson): KubeJson {
  const { targetCPUUtilizationPercentage: target, ...spec } = isRecord(sent.spec) ? sent.spec : {}
  const utilization = { type: 'Utilization', averageUtilization: target }
  const metrics = [{ type: 'Resource', resource: { name: 'cpu', target: utilization } }]
  return {
    ...sent,
    apiVersion: `${GROUP}/v2`,
    metadata: sent.metadata,
    spec: { ...spec, ...(typeof target === 'number' && { metrics }) },
  }
}

/** autoscaling/v1: the autoscalers of v2, as `kubectl autoscale` still makes them. */
export function oldAutoscalers(current: Resource): Resource {
  return { ...current, version: 'v1', view: { of: current, show, accept } }
}

/** Whether an autoscaler says by what it scales; the original takes 80 % of the processors otherwise. */
export function withMetrics(object: KubeJson): KubeJson {
  const spec = isRecord(object.spec) ? object.spec : {}
  const target = { type: 'Utilization', averageUtilization: 80 }
  const metrics = valueAt(spec, 'metrics') ?? [{ type: 'Resource', resource: { name: 'cpu', target } }]
  return {
    ...object,
    spec: { minReplicas: 1, ...spec, metrics },
    status: { currentMetrics: null, desiredReplicas: 0 },
  }
}
