import { invalidValue } from './field-causes.ts'
import type { KubeJson } from './json.ts'
import { isRecord, numberAt, textAt, valueAt } from './json.ts'
import type { Resource, Subresource } from './resource.ts'
import { selectorText } from './selector-text.ts'
import { invalid } from './status.ts'

const GROUP = 'autoscaling'
const KIND = 'Scale'

/** How many replicas an object is to have, as a kind of its own. */
export const SCALE: Subresource = {
  name: 'scale',
  kind: KIND,
  group: GROUP,
  version: 'v1',
  verbs: ['get', 'patch', 'update'],
}

function scaleOf(object: KubeJson): KubeJson {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const selector = selectorText(valueAt(object, 'spec', 'selector'))
  return {
    kind: KIND,
    apiVersion: `${GROUP}/v1`,
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: numberAt(object, 'spec', 'replicas') },
    status: {
      replicas: numberAt(object, 'status', 'replicas'),
      ...(selector !== '<none>' && { selector }),
    },
  }
}

function scaled(scale: KubeJson, old: KubeJson | undefined): KubeJson {
  const object = old ?? scale
  const replicas = numberAt(scale, 'spec', 'replicas')
  if (replicas < 0) {
    const cause = invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')
    throw invalid({ group: GROUP, kind: KIND }, object.metadata.name ?? '', [cause])
  }
  const { kind, apiVersion } = object
  const asked = textAt(scale, 'metadata', 'resourceVersion')
  const metadata = { ...object.metadata, ...(asked && { resourceVersion: asked }) }
  const spec = isRecord(object.spec) ? object.spec : {}
  return { ...object, kind, apiVersion, metadata, spec: { ...spec, replicas } }
}

/** The same objects as Scales. */
export function scaleForm(resource: Resource): Resource {
  const view = { of: resource, show: scaleOf, accept: scaled }
  return { ...resource, group: GROUP, version: 'v1', kind: KIND, singular: 'scale', view }
}
