import { expect, it } from 'vitest'
import type { Snapshot } from '../registry.ts'
import type { VkFeatures } from './vk-generation.ts'
import { wakeSource, type WakeSource } from './wake-source.ts'

const mine: Snapshot = { baseImage: 'ubuntu:24.04', pushedFrom: 'a' }
const newer: Snapshot = { ...mine }
const theirs: Snapshot = { ...mine, pushedFrom: 'b' }
const cases: [VkFeatures['wakesFrom'], string, Snapshot | undefined, Snapshot | undefined, WakeSource][] = [
  ['registry', 'always pulls', mine, mine, 'registry'],
  ['registry', 'cannot without a tag', mine, undefined, 'none'],
  ['node', 'uses its own copy', mine, mine, 'node'],
  ['node', 'even when the tag is gone', mine, undefined, 'node'],
  ['node', 'pulls what it does not have', undefined, theirs, 'registry'],
  ['proven-node', 'uses its own copy when the tag proves it', mine, mine, 'node'],
  ['proven-node', 'pulls when its copy is another', mine, newer, 'registry'],
  ['proven-node', 'takes the files of the node that pushed', undefined, theirs, 'peer'],
  ['proven-node', 'drops its copy when the tag is gone', mine, undefined, 'none'],
]
it.each(cases)('%s: %s', (from, _, local, tagged, wanted) => {
  expect(wakeSource(from, 'a', local, tagged)).toBe(wanted)
})
