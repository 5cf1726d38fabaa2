import { expect, it } from 'vitest'
import { HIBERNATE_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { markRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import { agentPod } from '../operator/pod-shape.ts'
import { snapshotRegistry } from '../registry.ts'
import { NODE, webSet } from '../testing/objects.ts'
import { imageSource } from './image-source.ts'

const main = () => agentPod(webSet(), 0)
const runner = () => agentPod(webSet({ agent: { mode: 'run' } }), 0)
const fork = () => agentPod(webSet({ agent: { replicas: 1 } }), 1, NODE)
const marked = (pod: Pod) => markRestoreFromHibernate(pod)

const cases: [string, Pod, string | undefined, boolean, string][] = [
  ['clones a snapshot', main(), undefined, true, 'clone'],
  ['runs an image', runner(), undefined, true, 'run'],
  ['forks the main VM, whatever the mode', fork(), undefined, true, 'fork'],
  ['restores what is marked', marked(fork()), 'ubuntu:24.04', true, 'restore'],
  ['cannot restore what is not there', marked(main()), undefined, true, 'refused'],
  ['restores what the registry proves to sleep', main(), 'ubuntu:24.04', true, 'evidence'],
  ['refuses another base image', main(), 'ubuntu:22.04', true, 'refused'],
  ['refuses to fork over a snapshot', fork(), 'ubuntu:24.04', true, 'refused'],
  ['does not look at the registry on old nodes', main(), 'ubuntu:22.04', false, 'clone'],
]
it.each(cases)('%s', (_, pod, baseImage, evidence, wanted) => {
  const registry = snapshotRegistry()
  const { vmName } = parseVMSpec(pod)
  if (baseImage) registry.push(vmName, HIBERNATE_SNAPSHOT_TAG, { baseImage, pushedFrom: NODE })
  expect(imageSource(pod, registry, evidence).from).toBe(wanted)
})
