import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { clusterUnderTest } from './cluster-under-test.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with the file `kubeconfig`, and room for kubectl's caches. */
    kubectlHome: string
    embedded: boolean
  }
}

/** One cluster for all files: they run beside each other, as the users of a real one do. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await clusterUnderTest()
  const home = mkdtempSync(join(tmpdir(), 'cocoon-kubectl-'))
  writeFileSync(join(home, 'kubeconfig'), cluster.kubeconfig, { mode: 0o600 })
  project.provide('kubectlHome', home)
  project.provide('embedded', cluster.embedded)
  return async () => {
    await cluster.close()
    rmSync(home, { recursive: true, force: true })
  }
}
