import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import * as plain from './kubectl.ts'
import type { Args, KubectlOptions, Outcome, Running } from './kubectl.ts'

/** kubectl inside a namespace that lives as long as the tests of a file. */
export interface TestNamespace {
  name: string
  kubectl(args: Args, options?: KubectlOptions): Promise<Outcome>
  start(args: Args, options?: KubectlOptions): Running
  /** Output of a success. */
  ok(args: Args, options?: KubectlOptions): Promise<string>
  /** Complaint of a failure. */
  refusal(args: Args, options?: KubectlOptions): Promise<string>
  /** Creates the objects of YAML or JSON; answers kubectl's words. */
  create(manifest: string): Promise<string>
}

/** A name that no earlier run has left behind. */
export const freshName = (topic: string) => `${topic}-${randomBytes(3).toString('hex')}`

/** Makes a namespace before the tests and lets go of it after them. */
export function testNamespace(topic: string): TestNamespace {
  const name = freshName(`k-${topic}`)
  const inside = (options: KubectlOptions = {}) => ({ namespace: name, ...options })
  beforeAll(async () => {
    await plain.ok(`create namespace ${name}`)
    // Pods are refused until the namespace has its account.
    await plain.ok('wait --for=create serviceaccount/default --timeout=20s', { namespace: name })
  })
  afterAll(async () => {
    await plain.ok(`delete namespace ${name} --wait=false`)
  })
  return {
    name,
    kubectl: (args, options) => plain.kubectl(args, inside(options)),
    start: (args, options) => plain.startKubectl(args, inside(options)),
    ok: (args, options) => plain.ok(args, inside(options)),
    refusal: (args, options) => plain.refusal(args, inside(options)),
    create: (manifest) => plain.ok('create -f -', { namespace: name, stdin: manifest }),
  }
}
